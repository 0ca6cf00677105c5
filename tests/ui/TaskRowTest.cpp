// SPDX-License-Identifier: Apache-2.0
#include "work/TaskRow.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class TaskRowTest : public testing::Test
{
protected:
    /// A run that has brought 300 of 1000 bytes, and its pause.
    void SetUp() override
    {
        m_first.bytesTotal = 1000;
        m_first.bytesDone = 300;
        m_row.sample(m_first, 0);
        ASSERT_DOUBLE_EQ(*m_row.fraction(), 0.3);
        m_row.follow(TaskQueue::State::Paused);
        m_row.restart();
    }
    void plan(qint64 bytes)
    {
        m_second.bytesTotal = bytes;
        m_second.setWork(std::make_shared<TaskWork>(QStringList{u"a:1"_s}));
        m_row.sample(m_second, 200);
    }

    TaskRow m_row;
    TaskProgress m_first;
    TaskProgress m_second;
};

// What the paused run has brought, the next one finds there and plans no more.
TEST_F(TaskRowTest, ABarDoesNotFallBackWhenATaskGoesOn)
{
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.3);
    m_row.sample(m_second, 100);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.3) << "while the plan is made anew";
    plan(700);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.3);
    m_second.bytesDone = 350;
    m_row.sample(m_second, 300);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.65);
    m_second.bytesTotal = 750; // a part was thrown away, and comes again
    m_row.sample(m_second, 400);
    EXPECT_EQ(m_row.bytesDone, 650);
    EXPECT_EQ(m_row.bytesTotal, 1050);
}

TEST_F(TaskRowTest, APartOfABlobCountsBeforeItWasLookedAt)
{
    m_second.bytesKept = 300;
    plan(1000);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.3);
    m_second.bytesDone = 400;
    m_row.sample(m_second, 300);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0.4);
}

TEST_F(TaskRowTest, ARunThatCountsAsItGoesBeginsAnew)
{
    plan(0);
    m_second.bytesTotal = 10;
    m_row.sample(m_second, 300);
    EXPECT_EQ(m_row.bytesTotal, 10);
    EXPECT_DOUBLE_EQ(*m_row.fraction(), 0);
}

TEST_F(TaskRowTest, APlanThatHasGrownMeanwhileCountsWhole)
{
    plan(1500);
    EXPECT_EQ(m_row.bytesTotal, 1500);
}

} // namespace
} // namespace layerpool::test
