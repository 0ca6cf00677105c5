// SPDX-License-Identifier: Apache-2.0
#include "work/TaskRow.h"

#include "base/Text.h"

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

// Ten samples a second, for a while, at a megabyte each second.
TEST_F(TaskRowTest, SaysHowFastAndHowLongStill)
{
    TaskRow row;
    row.follow(TaskQueue::State::Running);
    TaskProgress progress;
    progress.bytesTotal = 100'000'000;
    row.sample(progress, 0);
    EXPECT_EQ(row.speedText(), QString());
    EXPECT_EQ(row.time(), QString()) << "nobody knows yet";
    for (int tenth = 1; tenth <= 100; ++tenth) {
        progress.bytesDone = tenth * 100'000;
        row.sample(progress, tenth * 100);
    }
    EXPECT_EQ(row.speedText(), formatSpeed(1e6));
    EXPECT_EQ(row.time(), formatRest(90));
    row.follow(TaskQueue::State::Pausing);
    EXPECT_EQ(row.speedText() + row.time(), QString());
}

// Parts of images that never came are no result.
TEST_F(TaskRowTest, SaysOfHowManyImagesWhatWasDone)
{
    const auto amount = [](qint64 done, qint64 bytes, std::size_t failed, qsizetype undone) {
        TaskResult result;
        result.imagesDone = done;
        result.bytesTransferred = bytes;
        result.failures.resize(failed);
        result.undone.resize(undone);
        TaskRow row;
        row.end(result);
        return row.amount();
    };
    EXPECT_EQ(amount(0, 1700, 5, 0), u"0 of 5 image(s)"_s);
    EXPECT_EQ(amount(3, 1700, 1, 1), u"3 of 5 image(s), 1.7 kB"_s);
    EXPECT_EQ(amount(5, 1700, 0, 0), u"5 image(s), 1.7 kB"_s);
    EXPECT_EQ(amount(5, 0, 0, 0), u"5 image(s)"_s);
}

} // namespace
} // namespace layerpool::test
