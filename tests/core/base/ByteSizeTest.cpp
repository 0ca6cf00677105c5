// SPDX-License-Identifier: Apache-2.0
#include "base/ByteSize.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

TEST(ByteSize, IsReadInPowersOf1000And1024)
{
    EXPECT_EQ(parseByteSize(u"1"), 1);
    EXPECT_EQ(parseByteSize(u"500K"), 500'000);
    EXPECT_EQ(parseByteSize(u"2M"), 2'000'000);
    EXPECT_EQ(parseByteSize(u"4G"), 4'000'000'000);
    EXPECT_EQ(parseByteSize(u"1T"), 1'000'000'000'000);
    EXPECT_EQ(parseByteSize(u"1Ki"), 1024);
    EXPECT_EQ(parseByteSize(u"700Mi"), 700LL * 1024 * 1024);
    EXPECT_EQ(parseByteSize(u"4Gi"), 4LL * 1024 * 1024 * 1024);
    EXPECT_EQ(parseByteSize(u"2ti"), 2LL * 1024 * 1024 * 1024 * 1024);
    EXPECT_EQ(parseByteSize(u"1.5m"), 1'500'000);
    EXPECT_EQ(parseByteSize(u"fat32"), 4'294'967'295);
    EXPECT_EQ(parseByteSize(u"DVD"), 4'690'000'000);
    EXPECT_EQ(parseByteSize(u"bluray"), 25'000'000'000);
}

TEST(ByteSize, WhatIsNoSizeIsRefused)
{
    for (const QStringView text : {u"", u"0", u"K", u"i", u"-1", u"+1", u"1e3", u"1 K", u" 1", u"1B", u"1KB",
                                   u"5i", u"1.2.3", u"0.5", u"nan", u"inf", u"99999999T", u"1P"}) {
        EXPECT_FALSE(parseByteSize(text)) << text.toString().toStdString();
    }
}

} // namespace
} // namespace layerpool::test
