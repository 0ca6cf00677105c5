// SPDX-License-Identifier: Apache-2.0
#include "work/SpeedMeter.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Ten samples a second, each second as fast as it is told.
SpeedMeter meterOf(const std::vector<qint64> &bytesPerSecond)
{
    SpeedMeter meter;
    qint64 milliseconds = 0;
    qint64 bytes = 0;
    meter.add(0, 0);
    for (const qint64 speed : bytesPerSecond) {
        for (int tenth = 0; tenth < 10; ++tenth) {
            meter.add(milliseconds += 100, bytes += speed / 10);
        }
    }
    return meter;
}

TEST(SpeedMeterTest, AveragesOverTheLastFiveSeconds)
{
    SpeedMeter meter;
    EXPECT_EQ(meter.bytesPerSecond(), 0);
    meter.add(0, 0);
    meter.add(100, 1000);
    EXPECT_EQ(meter.bytesPerSecond(), 0); // too short to say
    meter.add(1000, 1000);
    EXPECT_DOUBLE_EQ(meter.bytesPerSecond(), 1000);
    meter.add(6000, 11'000);
    EXPECT_DOUBLE_EQ(meter.bytesPerSecond(), 2000); // from 1000 ms on
}

TEST(SpeedMeterTest, TellsNoRestBeforeFiveSecondsAreSeen)
{
    EXPECT_FALSE(SpeedMeter().secondsFor(1000));
    EXPECT_FALSE(meterOf({1000, 1000, 1000, 1000}).secondsFor(1000));
    EXPECT_DOUBLE_EQ(meterOf({1000, 1000, 1000, 1000, 1000}).secondsFor(3000).value_or(0), 3);
}

TEST(SpeedMeterTest, TellsNoRestWhileTheSpeedIsUneven)
{
    EXPECT_FALSE(meterOf({1000, 100, 2000, 0, 1500, 200, 1000}).secondsFor(3000));
    EXPECT_TRUE(meterOf({1000, 900, 1100, 1000, 950, 1050}).secondsFor(3000));
    EXPECT_FALSE(meterOf({0, 0, 0, 0, 0, 0}).secondsFor(3000)) << "it stands still";
}

TEST(SpeedMeterTest, ForgetsHowItBegan)
{
    std::vector<qint64> speeds(3, 100'000);
    speeds.insert(speeds.end(), 11, 1000);
    EXPECT_DOUBLE_EQ(meterOf(speeds).secondsFor(5000).value_or(0), 5);
}

TEST(SpeedMeterTest, TellsNoRestOfNothing)
{
    EXPECT_FALSE(meterOf({1000, 1000, 1000, 1000, 1000, 1000}).secondsFor(0));
    EXPECT_FALSE(meterOf({1000, 1000, 1000, 1000, 1000, 1000}).secondsFor(-5));
}

TEST(SpeedMeterTest, SaysTheRestWithNoMoreDigitsThanItHas)
{
    EXPECT_EQ(formatRest(3), u"a few seconds left"_s);
    EXPECT_EQ(formatRest(22), u"about 30 s left"_s);
    EXPECT_EQ(formatRest(55), u"about 1 min left"_s);
    EXPECT_EQ(formatRest(200), u"about 3 min left"_s);
    EXPECT_EQ(formatRest(3600), u"about 1 h left"_s);
    EXPECT_EQ(formatRest(4900), u"about 1 h 20 min left"_s);
}

} // namespace
} // namespace layerpool::test
