// SPDX-License-Identifier: Apache-2.0
#include "base/Text.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

TEST(Text, PrintsSizesInPowersOfAThousand)
{
    EXPECT_EQ(formatBytes(0), u"0 bytes"_s);
    EXPECT_EQ(formatBytes(999), u"999 bytes"_s);
    EXPECT_EQ(formatBytes(1000), u"1.0 kB"_s);
    EXPECT_EQ(formatBytes(1'049'000), u"1.0 MB"_s);
    EXPECT_EQ(formatBytes(1'400'000'000), u"1.4 GB"_s);
    EXPECT_EQ(formatBytes(4'294'967'295), u"4.3 GB"_s);
    EXPECT_EQ(formatBytes(2'500'000'000'000), u"2.5 TB"_s);
}

TEST(Text, PrintsSpeeds)
{
    EXPECT_EQ(formatSpeed(84.2e6), u"84.2 MB/s"_s);
    EXPECT_EQ(formatSpeed(0), u"0 bytes/s"_s);
}

TEST(Text, PrintsDurations)
{
    EXPECT_EQ(formatDuration(0), u"0.0 s"_s);
    EXPECT_EQ(formatDuration(9.94), u"9.9 s"_s);
    EXPECT_EQ(formatDuration(12.4), u"12 s"_s);
    EXPECT_EQ(formatDuration(59.7), u"1 min 0 s"_s);
    EXPECT_EQ(formatDuration(185), u"3 min 5 s"_s);
    EXPECT_EQ(formatDuration(3599.6), u"1 h 0 min"_s);
    EXPECT_EQ(formatDuration(4800), u"1 h 20 min"_s);
}

} // namespace
} // namespace layerpool
