// SPDX-License-Identifier: Apache-2.0
#include "serve/RegistryLog.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

TEST(RegistryLog, PutsPiecesTogetherToLines)
{
    RegistryLog log;
    EXPECT_EQ(log.add("one\ntw"), QStringList{u"one"_s});
    EXPECT_EQ(log.add("o\n\nthree"), QStringList{u"two"_s});
    EXPECT_EQ(log.finish(), QStringList{u"three"_s});
    EXPECT_EQ(log.finish(), QStringList());
    EXPECT_EQ(log.lines(), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

TEST(RegistryLog, KeepsTheNewestOfManyAndOfALongLineItsBeginning)
{
    RegistryLog log;
    for (int i = 0; i < RegistryLog::mostLines + 5; ++i) {
        log.add(QByteArray::number(i) + '\n');
    }
    EXPECT_EQ(log.lines().size(), RegistryLog::mostLines);
    EXPECT_EQ(log.lines().first(), u"5"_s);
    log.add(QByteArray(1'000'000, 'x'));
    EXPECT_LT(log.lines().last().size(), 10'000) << "a line without an end is not waited for";
}

TEST(RegistryLog, FindsWhyItEnded)
{
    RegistryLog log;
    log.add("127.0.0.1 - - \"GET /v2/ HTTP/1.1\" 200\n");
    EXPECT_EQ(log.reason(), QString());
    log.add("docker: Cannot connect to the Docker daemon.\nSee 'docker run --help'.\n");
    EXPECT_EQ(log.reason(), u"docker: Cannot connect to the Docker daemon."_s);
    EXPECT_FALSE(log.saysPortIsTaken());
    log.add("time=\"now\" level=fatal msg=\"listen \\\"tcp\\\": bind: address already in use\" x=1\n");
    EXPECT_EQ(log.reason(), u"listen \"tcp\": bind: address already in use"_s);
    EXPECT_TRUE(log.saysPortIsTaken());
    log.clear();
    EXPECT_EQ(log.reason(), QString());
}

} // namespace
} // namespace layerpool::test
