// SPDX-License-Identifier: Apache-2.0
#include "task/TaskQueue.h"

#include "task/TaskResults.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <thread>

namespace layerpool::test {
namespace {

// Runs until it is cancelled or released.
class WaitingTask final : public Task
{
public:
    WaitingTask(std::atomic_int &running, std::atomic_bool &release) : m_running(running), m_release(release)
    {
    }

    QString title() const override { return QStringLiteral("wait"); }
    TaskResult run(const TaskContext &context) override
    {
        ++m_running;
        context.report({TaskEvent::Kind::ImageDone, QStringLiteral("a"), {}});
        context.progress.bytesDone = 7;
        while (!m_release && !context.cancel.isCancelled()) {
            std::this_thread::yield();
        }
        --m_running;
        TaskResult result;
        if (context.cancel.isCancelled()) {
            result.stopped = cancelledError();
        }
        return result;
    }

private:
    std::atomic_int &m_running;
    std::atomic_bool &m_release;
};

class TaskQueueTest : public testing::Test
{
protected:
    TaskId enqueue(TaskQueue &queue)
    {
        return queue.enqueue(std::make_unique<WaitingTask>(m_running, m_release));
    }
    /// One that can be made again.
    TaskId enqueueForGood(TaskQueue &queue)
    {
        return queue.enqueue(std::make_unique<WaitingTask>(m_running, m_release), source());
    }
    TaskQueue::Source source()
    {
        return [this]() -> TaskQueue::Maker {
            return [this](const TaskContext &context) -> Result<std::unique_ptr<Task>> {
                context.progress.setPhase(QStringLiteral("planning"));
                ++m_plans;
                return std::unique_ptr<Task>(std::make_unique<WaitingTask>(m_running, m_release));
            };
        };
    }
    bool runsSoon(int count)
    {
        return QTest::qWaitFor([&] { return m_running == count; });
    }

    std::atomic_int m_running = 0;
    std::atomic_int m_plans = 0;
    std::atomic_bool m_release = false;
};

TEST_F(TaskQueueTest, TellsWhatHappensInItsOwnThread)
{
    TaskQueue queue;
    QSignalSpy started(&queue, &TaskQueue::started);
    QSignalSpy reported(&queue, &TaskQueue::reported);
    QSignalSpy finished(&queue, &TaskQueue::finished);
    QObject::connect(&queue, &TaskQueue::finished, &queue,
                     [&] { EXPECT_EQ(QThread::currentThread(), queue.thread()); });
    const TaskId id = enqueue(queue);
    EXPECT_TRUE(queue.hasWork());
    ASSERT_TRUE(QTest::qWaitFor([&] { return reported.count() == 1; }));
    EXPECT_EQ(started.count(), 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.progress(id)->bytesDone == 7; }));
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_FALSE(queue.hasWork());
    EXPECT_EQ(queue.progress(id), nullptr);
}

TEST_F(TaskQueueTest, RunsNoMoreThanItsLimitAtOnce)
{
    TaskQueue queue;
    QSignalSpy finished(&queue, &TaskQueue::finished);
    for (int i = 0; i < queue.limit() + 2; ++i) {
        enqueue(queue);
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_running == queue.limit(); }));
    QCoreApplication::processEvents();
    EXPECT_EQ(m_running, queue.limit());
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == queue.limit() + 2; }));
}

TEST_F(TaskQueueTest, CancelEndsOneAndATaskThatWaitsNeverStarts)
{
    TaskQueue queue;
    QSignalSpy started(&queue, &TaskQueue::started);
    QSignalSpy finished(&queue, &TaskQueue::finished);
    std::vector<TaskId> ids;
    for (int i = 0; i < queue.limit() + 1; ++i) {
        ids.push_back(enqueue(queue));
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_running == queue.limit(); }));
    queue.cancel(ids.back());
    queue.cancel(ids.front());
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 2; }));
    EXPECT_EQ(started.count(), queue.limit());
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
}

TEST_F(TaskQueueTest, GoingAwayEndsWhatRuns)
{
    {
        TaskQueue queue;
        enqueue(queue);
        ASSERT_TRUE(QTest::qWaitFor([&] { return m_running == 1; }));
    }
    EXPECT_EQ(m_running, 0);
}

TEST_F(TaskQueueTest, APausedTaskLetsTheNextRunAndGoesOnWithANewPlan)
{
    TaskQueue queue;
    queue.setLimit(1);
    QSignalSpy started(&queue, &TaskQueue::started);
    QSignalSpy finished(&queue, &TaskQueue::finished);
    const TaskId first = enqueueForGood(queue);
    const TaskId second = enqueue(queue);
    ASSERT_TRUE(QTest::qWaitFor([&] { return started.count() == 1; }));
    EXPECT_TRUE(queue.canPause(first));
    queue.pause(first);
    EXPECT_EQ(queue.state(first), TaskQueue::State::Pausing);
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.state(first) == TaskQueue::State::Paused; }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.state(second) == TaskQueue::State::Running; }));
    EXPECT_EQ(m_plans, 0) << "it was planned when it was enqueued";
    EXPECT_TRUE(queue.hasWork());

    queue.resume(first);
    EXPECT_EQ(queue.state(first), TaskQueue::State::Waiting);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 2; }));
    EXPECT_EQ(m_plans, 1);
    EXPECT_FALSE(finished.last().at(1).value<TaskResult>().stopped);
}

TEST_F(TaskQueueTest, ATaskThatWaitsIsPausedWithoutBeingStarted)
{
    TaskQueue queue;
    queue.setLimit(1);
    QSignalSpy started(&queue, &TaskQueue::started);
    enqueue(queue);
    const TaskId waiting = enqueue(queue);
    ASSERT_TRUE(runsSoon(1));
    queue.pause(waiting);
    EXPECT_EQ(queue.state(waiting), TaskQueue::State::Paused);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.order().size() == 1; }));
    EXPECT_FALSE(queue.isBusy());
    EXPECT_EQ(started.count(), 1);
    queue.resume(waiting);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
}

TEST_F(TaskQueueTest, WhatCannotBeMadeAgainIsNotPausedWhileItRuns)
{
    TaskQueue queue;
    const TaskId id = enqueue(queue);
    ASSERT_TRUE(runsSoon(1));
    EXPECT_FALSE(queue.canPause(id));
    queue.pause(id);
    EXPECT_EQ(queue.state(id), TaskQueue::State::Running);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
}

TEST_F(TaskQueueTest, ResumedBeforeItHasPausedItGoesOnByItself)
{
    TaskQueue queue;
    QSignalSpy started(&queue, &TaskQueue::started);
    const TaskId id = enqueueForGood(queue);
    ASSERT_TRUE(runsSoon(1));
    queue.pause(id);
    queue.resume(id);
    EXPECT_TRUE(queue.isBusy());
    ASSERT_TRUE(QTest::qWaitFor([&] { return started.count() == 2; }));
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
    EXPECT_EQ(m_plans, 1);
}

TEST_F(TaskQueueTest, APausedTaskIsCancelledForGood)
{
    TaskQueue queue;
    QSignalSpy finished(&queue, &TaskQueue::finished);
    const TaskId id = enqueueForGood(queue);
    ASSERT_TRUE(runsSoon(1));
    queue.pause(id);
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.state(id) == TaskQueue::State::Paused; }));
    queue.cancel(id);
    queue.cancel(id);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_FALSE(queue.hasWork());
    EXPECT_EQ(finished.first().at(1).value<TaskResult>().stopped->kind, ErrorKind::Cancelled);
    queue.resume(id);
    EXPECT_EQ(queue.state(id), std::nullopt);
}

TEST_F(TaskQueueTest, CancelledWhileItPausesItIsCancelled)
{
    TaskQueue queue;
    QSignalSpy finished(&queue, &TaskQueue::finished);
    const TaskId id = enqueueForGood(queue);
    ASSERT_TRUE(runsSoon(1));
    queue.pause(id);
    queue.cancel(id);
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_FALSE(queue.hasWork());
}

TEST_F(TaskQueueTest, TakesTurnsInAnOrderThatCanBeChanged)
{
    TaskQueue queue;
    queue.setLimit(1);
    QSignalSpy started(&queue, &TaskQueue::started);
    QSignalSpy moved(&queue, &TaskQueue::moved);
    const TaskId first = enqueue(queue);
    const TaskId second = enqueue(queue);
    const TaskId third = enqueue(queue);
    ASSERT_TRUE(runsSoon(1));
    queue.move(third, -1);
    queue.move(first, -1); // it is the first
    EXPECT_EQ(queue.order(), (std::vector<TaskId>{first, third, second}));
    ASSERT_EQ(moved.count(), 1);
    EXPECT_EQ(moved.first().at(1).toInt(), 2);
    EXPECT_EQ(moved.first().at(2).toInt(), 1);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
    EXPECT_EQ(started.at(1).first().toInt(), third);
    EXPECT_EQ(started.at(2).first().toInt(), second);
}

TEST_F(TaskQueueTest, ALargerLimitLetsMoreRunAtOnce)
{
    TaskQueue queue;
    queue.setLimit(1);
    for (int i = 0; i < 3; ++i) {
        enqueue(queue);
    }
    ASSERT_TRUE(runsSoon(1));
    queue.setLimit(3);
    EXPECT_TRUE(runsSoon(3));
    queue.setLimit(0);
    EXPECT_EQ(queue.limit(), 1);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
}

TEST_F(TaskQueueTest, APlanThatCannotBeMadeEndsItsTask)
{
    TaskQueue queue;
    QSignalSpy finished(&queue, &TaskQueue::finished);
    const Error gone{ErrorKind::Storage, QStringLiteral("The pool is gone"), {}, {}};
    queue.enqueue(QStringLiteral("later"), [gone]() -> TaskQueue::Maker {
        return [gone](const TaskContext &) -> Result<std::unique_ptr<Task>> { return gone; };
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 1; }));
    EXPECT_EQ(finished.first().at(1).value<TaskResult>().stopped->what, gone.what);
}

TEST_F(TaskQueueTest, ARandomCrowdOfPausesResumesMovesAndCancelsEnds)
{
    TaskQueue queue;
    std::vector<TaskId> ids;
    for (int i = 0; i < 12; ++i) {
        ids.push_back(enqueueForGood(queue));
    }
    for (unsigned i = 0; i < 400; ++i) {
        const TaskId id = ids[(i * 7 + i / 5) % ids.size()];
        switch ((i * 11 + i / 3) % 5) {
        case 0:
            queue.pause(id);
            break;
        case 1:
            queue.move(id, i % 2 == 0 ? 1 : -2);
            break;
        case 2:
            queue.setLimit(1 + static_cast<int>(i) % 4);
            break;
        default:
            queue.resume(id);
        }
        QCoreApplication::processEvents();
    }
    for (const TaskId id : ids) {
        queue.resume(id);
    }
    queue.cancel(ids.front());
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
    EXPECT_EQ(m_running, 0);
}

TEST(TaskResultsTest, TwoRunsAreToldAsOne)
{
    TaskResult earlier;
    earlier.imagesDone = 3;
    earlier.bytesTransferred = 100;
    earlier.seconds = 2;
    earlier.summary = {QStringLiteral("100 B fetched")};
    TaskResult later;
    later.imagesDone = 4;
    later.imagesSkipped = 5; // two were there before
    later.bytesTransferred = 50;
    later.bytesReused = 110;
    later.seconds = 1;
    later.summary = {QStringLiteral("50 B fetched")};
    const TaskResult both = joined(earlier, later);
    EXPECT_EQ(both.imagesDone, 7);
    EXPECT_EQ(both.imagesSkipped, 2);
    EXPECT_EQ(both.bytesTransferred, 150);
    EXPECT_EQ(both.bytesReused, 10);
    EXPECT_EQ(both.seconds, 3);
    EXPECT_EQ(both.summary, QStringList({QStringLiteral("Before the pause: 100 B fetched"),
                                         QStringLiteral("50 B fetched")}));
    EXPECT_EQ(joined(both, {}).summary.first(), both.summary.first()) << "said once";
}

} // namespace
} // namespace layerpool::test
