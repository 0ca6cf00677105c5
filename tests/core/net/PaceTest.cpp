// SPDX-License-Identifier: Apache-2.0
#include "net/Pace.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace std::chrono_literals;
using Verdict = Pace::Verdict;

class PaceTest : public testing::Test
{
protected:
    /// Looks each 50 ms for so long, after `each`; the last verdict, or the first that is not Fine.
    Verdict watch(
        std::chrono::milliseconds time, bool hasBody, const std::function<void()> &each = [] {})
    {
        for (; time > 0ms; time -= 50ms) {
            each();
            m_now += 50ms;
            if (const Verdict verdict = m_pace.look(m_now, hasBody); verdict != Verdict::Fine) {
                return verdict;
            }
        }
        return Verdict::Fine;
    }

    Pace::Clock::time_point m_now = Pace::Clock::now();
    Pace m_pace{30s, m_now};
};

TEST_F(PaceTest, SilenceHasAnEnd)
{
    EXPECT_EQ(watch(29s, false), Verdict::Fine);
    EXPECT_EQ(watch(2s, false), Verdict::Silent);
}

TEST_F(PaceTest, AServerThatCommitsALargeBlobGetsItsTime)
{
    m_pace.moved(1000);
    m_pace.awaitAnswer(Pace::commitTime(2'000'000'000));
    EXPECT_EQ(watch(229s, false), Verdict::Fine);
    EXPECT_EQ(watch(2s, false), Verdict::Silent);
}

TEST_F(PaceTest, WhenItsAnswerHasBegunItMayNotRest)
{
    m_pace.awaitAnswer(Pace::commitTime(2'000'000'000));
    EXPECT_EQ(watch(100s, false), Verdict::Fine);
    m_pace.moved(1);
    EXPECT_EQ(watch(31s, false), Verdict::Silent);
}

TEST_F(PaceTest, TheTimeToCommitHasAnEnd)
{
    EXPECT_EQ(Pace::commitTime(0), 0s);
    EXPECT_EQ(Pace::commitTime(1LL << 50), Pace::longestCommit);
}

TEST_F(PaceTest, AByteASecondIsTooSlowABitMoreIsNot)
{
    EXPECT_EQ(watch(59s, true, [this] { m_pace.moved(1); }), Verdict::Fine);
    EXPECT_EQ(watch(2s, true, [this] { m_pace.moved(1); }), Verdict::TooSlow);
    EXPECT_EQ(watch(10min, true, [this] { m_pace.moved(Pace::leastBytesPerSecond / 20 + 1); }),
              Verdict::Fine);
}

TEST_F(PaceTest, ABurstDoesNotPayForAnHour)
{
    m_pace.moved(1'000'000'000);
    EXPECT_EQ(watch(10min, true, [this] { m_pace.moved(1); }), Verdict::TooSlow);
}

TEST_F(PaceTest, WithoutABodyOnlySilenceCounts)
{
    EXPECT_EQ(watch(10min, false, [this] { m_pace.moved(0); }), Verdict::Fine);
}

TEST_F(PaceTest, WhatWeHoldBackDoesNotCount)
{
    EXPECT_EQ(watch(10min, true, [this] { m_pace.holdBack(); }), Verdict::Fine);
    EXPECT_EQ(watch(10min, true,
                    [this] {
                        m_pace.moved(1);
                        m_pace.holdBack();
                    }),
              Verdict::Fine);
}

TEST_F(PaceTest, OurOwnWorkDoesNotCount)
{
    EXPECT_EQ(watch(10min, true,
                    [this] {
                        m_pace.moved(1);
                        m_pace.spent(50ms);
                    }),
              Verdict::Fine);
}

TEST_F(PaceTest, ASleepOfTheMachineIsNotTheOtherSidesSilence)
{
    EXPECT_EQ(watch(10s, true, [this] { m_pace.moved(100); }), Verdict::Fine);
    m_now += 8h;
    EXPECT_EQ(m_pace.look(m_now, true), Verdict::Fine);
    EXPECT_EQ(watch(10s, true, [this] { m_pace.moved(100); }), Verdict::Fine);
}

} // namespace
} // namespace layerpool::test
