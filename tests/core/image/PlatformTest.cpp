// SPDX-License-Identifier: Apache-2.0
#include "image/Platform.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

Platform of(const QString &text)
{
    return *Platform::parse(text);
}

TEST(Platform, ReadsTwoOrThreeParts)
{
    EXPECT_EQ(of(u"linux/amd64"_s), Platform::linuxAmd64());
    EXPECT_EQ(of(u"linux/arm/v7"_s), (Platform{u"linux"_s, u"arm"_s, u"v7"_s}));
    for (const QString &text :
         {u"linux/amd64"_s, u"linux/arm/v7"_s, u"windows/amd64"_s, u"unknown/unknown"_s}) {
        EXPECT_EQ(of(text).toString(), text);
    }
    for (const QString &text : {u""_s, u"linux"_s, u"linux/"_s, u"/amd64"_s, u"linux/amd64/"_s, u"a/b/c/d"_s,
                                u"linux amd64"_s, u"linux/amd 64"_s, u"linux/amd64\n"_s, u"linux/é"_s}) {
        EXPECT_FALSE(Platform::parse(text)) << text.toStdString();
    }
}

TEST(Platform, KnowsAttestations)
{
    EXPECT_TRUE(of(u"unknown/unknown"_s).isUnknown());
    EXPECT_FALSE(of(u"linux/unknown"_s).isUnknown());
}

TEST(Platform, TheVariantCountsWhereItIsAskedFor)
{
    EXPECT_TRUE(of(u"linux/amd64"_s).serves(of(u"linux/amd64"_s)));
    EXPECT_TRUE(of(u"linux/arm/v7"_s).serves(of(u"linux/arm"_s)));
    EXPECT_TRUE(of(u"linux/arm/v7"_s).serves(of(u"linux/arm/v7"_s)));
    EXPECT_FALSE(of(u"linux/arm/v6"_s).serves(of(u"linux/arm/v7"_s)));
    EXPECT_FALSE(of(u"linux/arm"_s).serves(of(u"linux/arm/v7"_s)));
    EXPECT_FALSE(of(u"linux/arm64"_s).serves(of(u"linux/amd64"_s)));
    EXPECT_FALSE(of(u"windows/amd64"_s).serves(of(u"linux/amd64"_s)));
    EXPECT_TRUE(of(u"linux/arm64"_s).serves(of(u"linux/arm64/v8"_s)));
    EXPECT_TRUE(of(u"linux/arm64/v8"_s).serves(of(u"linux/arm64"_s)));
    EXPECT_FALSE(of(u"linux/arm64/v9"_s).serves(of(u"linux/arm64/v8"_s)));
}

TEST(Platform, OfSeveralThatServeTheCommonVariantIsMeant)
{
    EXPECT_TRUE(of(u"linux/arm/v7"_s).isMeantBy(of(u"linux/arm"_s)));
    EXPECT_TRUE(of(u"linux/arm"_s).isMeantBy(of(u"linux/arm"_s)));
    EXPECT_FALSE(of(u"linux/arm/v5"_s).isMeantBy(of(u"linux/arm"_s)));
    EXPECT_FALSE(of(u"linux/amd64/v3"_s).isMeantBy(of(u"linux/amd64"_s)));
    EXPECT_TRUE(of(u"linux/amd64/v3"_s).isMeantBy(of(u"linux/amd64/v3"_s)));
    EXPECT_FALSE(of(u"linux/arm64"_s).isMeantBy(of(u"linux/amd64"_s)));
}

TEST(Platform, ReadsWithItsWindowsVersion)
{
    EXPECT_EQ((Platform{u"windows"_s, u"amd64"_s, {}, u"10.0.17763.1"_s}).toString(),
              u"windows/amd64 (10.0.17763.1)"_s);
}

} // namespace
} // namespace layerpool
