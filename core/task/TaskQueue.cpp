// SPDX-License-Identifier: Apache-2.0
#include "task/TaskQueue.h"

#include <QtConcurrentRun>

namespace layerpool {

struct TaskQueue::Entry
{
    std::unique_ptr<Task> task;
    TaskProgress progress;
    CancelToken cancel;
};

TaskQueue::TaskQueue(QObject *parent) : QObject(parent)
{
    qRegisterMetaType<TaskEvent>();
    qRegisterMetaType<TaskResult>();
    m_workers.setMaxThreadCount(limit);
}

TaskQueue::~TaskQueue()
{
    cancelAll();
    m_workers.waitForDone();
}

TaskId TaskQueue::enqueue(std::unique_ptr<Task> task)
{
    const TaskId id = m_nextId++;
    const auto entry = std::make_shared<Entry>();
    entry->task = std::move(task);
    m_entries.emplace(id, entry);
    Q_EMIT queued(id, entry->task->title());

    // What comes from the worker crosses to this thread through the event queue; nothing of it arrives after
    // this object is gone.
    const auto post = [this](auto call) { QMetaObject::invokeMethod(this, call, Qt::QueuedConnection); };
    QThreadPool *workers = &m_workers;
    (void)QtConcurrent::run(workers, [this, id, entry, post] {
        TaskResult result;
        if (entry->cancel.isCancelled()) {
            result.stopped = cancelledError();
        } else {
            post([this, id] { Q_EMIT started(id); });
            const TaskContext context{entry->cancel, entry->progress, [&](const TaskEvent &event) {
                                          post([this, id, event] { Q_EMIT reported(id, event); });
                                      }};
            result = entry->task->run(context);
        }
        post([this, id, result] {
            m_entries.erase(id);
            Q_EMIT finished(id, result);
        });
    });
    return id;
}

void TaskQueue::cancel(TaskId id)
{
    if (const auto entry = m_entries.find(id); entry != m_entries.end()) {
        entry->second->cancel.cancel();
    }
}

void TaskQueue::cancelAll()
{
    for (const auto &[id, entry] : m_entries) {
        entry->cancel.cancel();
    }
}

bool TaskQueue::hasWork() const
{
    return !m_entries.empty();
}

const TaskProgress *TaskQueue::progress(TaskId id) const
{
    const auto entry = m_entries.find(id);
    return entry == m_entries.end() ? nullptr : &entry->second->progress;
}

} // namespace layerpool
