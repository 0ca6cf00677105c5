// SPDX-License-Identifier: Apache-2.0
#include "task/TaskQueue.h"

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

    std::atomic_int m_running = 0;
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
    for (int i = 0; i < TaskQueue::limit + 2; ++i) {
        enqueue(queue);
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_running == TaskQueue::limit; }));
    QCoreApplication::processEvents();
    EXPECT_EQ(m_running, TaskQueue::limit);
    m_release = true;
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == TaskQueue::limit + 2; }));
}

TEST_F(TaskQueueTest, CancelEndsOneAndATaskThatWaitsNeverStarts)
{
    TaskQueue queue;
    QSignalSpy started(&queue, &TaskQueue::started);
    QSignalSpy finished(&queue, &TaskQueue::finished);
    std::vector<TaskId> ids;
    for (int i = 0; i < TaskQueue::limit + 1; ++i) {
        ids.push_back(enqueue(queue));
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_running == TaskQueue::limit; }));
    queue.cancel(ids.back());
    queue.cancel(ids.front());
    ASSERT_TRUE(QTest::qWaitFor([&] { return finished.count() == 2; }));
    EXPECT_EQ(started.count(), TaskQueue::limit);
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

} // namespace
} // namespace layerpool::test
