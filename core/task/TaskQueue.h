// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>

namespace layerpool {

using TaskId = int;

/// Runs tasks in workers of its own thread pool and tells the thread it lives in. A task waits while as many
/// as `limit` run. Destroying the queue cancels what runs, and waits for it.
class TaskQueue final : public QObject
{
    Q_OBJECT

public:
    explicit TaskQueue(QObject *parent = nullptr);
    ~TaskQueue() override;

    /// How many tasks may run at once.
    static constexpr int limit = 2;

    /// Takes the task over. `started`, `reported` and `finished` follow, in the queue's thread.
    TaskId enqueue(std::unique_ptr<Task> task);
    void cancel(TaskId id);
    void cancelAll();

    bool hasWork() const;
    /// Null for a task that has finished.
    const TaskProgress *progress(TaskId id) const;

Q_SIGNALS:
    void queued(layerpool::TaskId id, const QString &title);
    void started(layerpool::TaskId id);
    void reported(layerpool::TaskId id, const layerpool::TaskEvent &event);
    void finished(layerpool::TaskId id, const layerpool::TaskResult &result);

private:
    struct Entry;

    std::map<TaskId, std::shared_ptr<Entry>> m_entries;
    QThreadPool m_workers;
    TaskId m_nextId = 1;
};

} // namespace layerpool
