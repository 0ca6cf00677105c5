// SPDX-License-Identifier: Apache-2.0
#include "image/ImageConfig.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

TEST(ImageConfigTest, ReadsWhatAnImageTellsPeople)
{
    const ImageConfig config = ImageConfig::parse(R"({
        "os": "linux", "architecture": "arm64", "variant": "v8", "created": "2021-04-29T09:58:01.5Z",
        "config": {"Env": ["PATH=/bin", "EMPTY="], "Entrypoint": ["/app", "-v"], "Cmd": ["serve"],
                   "User": "app", "WorkingDir": "/srv", "Labels": {"a": "1", "b": "x y"}},
        "history": [{"created_by": "COPY app /"}, {"created_by": "ENV x=1", "empty_layer": true}]})");
    ASSERT_TRUE(config.platform);
    EXPECT_EQ(config.platform->toString(), u"linux/arm64/v8"_s);
    EXPECT_EQ(config.created.toUTC().toString(Qt::ISODateWithMs), u"2021-04-29T09:58:01.500Z"_s);
    EXPECT_EQ(config.environment, QStringList({u"PATH=/bin"_s, u"EMPTY="_s}));
    EXPECT_EQ(config.entrypoint, QStringList({u"/app"_s, u"-v"_s}));
    EXPECT_EQ(config.command, QStringList{u"serve"_s});
    EXPECT_EQ(config.user, u"app"_s);
    EXPECT_EQ(config.workingDirectory, u"/srv"_s);
    ASSERT_EQ(config.labels.size(), 2U);
    EXPECT_EQ(config.labels[1], std::pair(u"b"_s, u"x y"_s));
    ASSERT_EQ(config.history.size(), 2U);
    EXPECT_TRUE(config.history[0].hasLayer);
    EXPECT_FALSE(config.history[1].hasLayer);
    EXPECT_EQ(config.history[1].command, u"ENV x=1"_s);
}

TEST(ImageConfigTest, ADayThatOnlyMakesBuildsRepeatableIsNone)
{
    for (const char *day : {"1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1980-01-01T00:00:01Z", "soon"}) {
        EXPECT_FALSE(ImageConfig::parse(QByteArray("{\"created\":\"") + day + "\"}").created.isValid())
            << day;
    }
}

TEST(ImageConfigTest, OfBytesThatAreNoConfigNothingIsKnown)
{
    for (const char *bytes : {"", "{", "[]", "{\"config\":7,\"history\":{},\"os\":\"linux\"}"}) {
        const ImageConfig config = ImageConfig::parse(bytes);
        EXPECT_FALSE(config.platform) << bytes;
        EXPECT_FALSE(config.created.isValid()) << bytes;
        EXPECT_TRUE(config.history.empty() && config.environment.isEmpty() && config.labels.empty()) << bytes;
    }
}

} // namespace
} // namespace layerpool::test
