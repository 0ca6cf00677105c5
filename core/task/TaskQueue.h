// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace layerpool {

using TaskId = int;

/// Runs tasks in workers of its own thread pool, in an order that can be changed, and tells the thread it
/// lives in. A task waits while as many as the limit run. A pause cancels a task so that it keeps what it
/// has; going on means that its plan is made anew. Destroying the queue cancels what runs, and waits for it.
class TaskQueue final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Waiting,
        Running,
        Pausing, ///< it was asked to, and still runs
        Paused,
        Cancelling, ///< likewise
    };
    /// Makes a task's plan. Blocks; called in a worker, with the task's own progress and cancel.
    using Maker = std::function<Result<std::unique_ptr<Task>>(const TaskContext &)>;
    /// Called in the queue's thread when a plan is to be made, so that it may look at what is set by then.
    using Source = std::function<Maker()>;

    explicit TaskQueue(QObject *parent = nullptr);
    ~TaskQueue() override;

    /// How many tasks may run at once; at least one. What runs already goes on.
    int limit() const { return m_limit; }
    void setLimit(int limit);

    /// Takes the task over. `queued`, and then from the event loop the others, in the queue's thread.
    /// `again`: what makes it once more after a pause; without it a task that has begun can't be paused.
    TaskId enqueue(std::unique_ptr<Task> task, Source again = {});
    /// One whose plan is made when its turn comes.
    TaskId enqueue(const QString &title, Source source);

    bool canPause(TaskId id) const;
    void pause(TaskId id);
    void resume(TaskId id);
    void cancel(TaskId id);
    void pauseAll();
    void cancelAll();
    /// Moves one by so many places towards the end of the queue; below zero, towards its start.
    void move(TaskId id, int places);

    /// Whether any task is not over.
    bool hasWork() const { return !m_order.empty(); }
    /// Whether any task runs, or will by itself.
    bool isBusy() const;
    /// Whether a worker has a task.
    bool hasRunning() const;
    /// Those that are not over, in the order in which they take their turns.
    const std::vector<TaskId> &order() const { return m_order; }
    /// None for a task that has finished.
    std::optional<State> state(TaskId id) const;
    /// Null for a task that has finished. Of the last run; a new run has a new one.
    const TaskProgress *progress(TaskId id) const;

Q_SIGNALS:
    void queued(layerpool::TaskId id, const QString &title);
    void started(layerpool::TaskId id);
    void reported(layerpool::TaskId id, const layerpool::TaskEvent &event);
    /// It pauses, is paused, waits again, or is being cancelled.
    void stateChanged(layerpool::TaskId id);
    /// Places in `order`.
    void moved(layerpool::TaskId id, int from, int to);
    void finished(layerpool::TaskId id, const layerpool::TaskResult &result);

private:
    struct Entry;

    TaskId add(std::shared_ptr<Entry> entry, const QString &title);
    Entry *find(TaskId id) const;
    void setState(TaskId id, State state);
    void schedule();
    void scheduleSoon();
    void start(TaskId id, const std::shared_ptr<Entry> &entry);
    void onRunEnded(TaskId id, TaskResult result);
    void finish(TaskId id, const TaskResult &result);
    int countRunning() const;
    template <typename Call>
    void post(Call call);

    std::map<TaskId, std::shared_ptr<Entry>> m_entries;
    std::vector<TaskId> m_order;
    QThreadPool m_workers;
    int m_limit = 2;
    TaskId m_nextId = 1;
};

} // namespace layerpool
