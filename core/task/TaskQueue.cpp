// SPDX-License-Identifier: Apache-2.0
#include "task/TaskQueue.h"

#include "task/TaskResults.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <limits>
#include <utility>

namespace layerpool {
namespace {

TaskResult stoppedBy(const Error &error)
{
    TaskResult result;
    result.stopped = error;
    return result;
}

void settle(TaskProgress &progress, const TaskEvent &event)
{
    const std::shared_ptr<TaskWork> work = progress.work();
    if (!work || event.kind == TaskEvent::Kind::Notice) {
        return;
    }
    work->settle(event.text,
                 event.kind == TaskEvent::Kind::ImageDone ? TaskWork::State::Done
                 : event.kind == TaskEvent::Kind::ImageSkipped || event.kind == TaskEvent::Kind::ImageAbsent
                     ? TaskWork::State::Skipped
                     : TaskWork::State::Failed);
}

TaskResult carryOut(std::shared_ptr<Task> task, const TaskQueue::Maker &maker, const TaskContext &context)
{
    if (!task) {
        Result<std::unique_ptr<Task>> made = maker(context);
        if (!made || context.cancel.isCancelled()) {
            return stoppedBy(made ? cancelledError() : made.error());
        }
        task = *std::move(made);
    }
    return task->run(context);
}

} // namespace

struct TaskQueue::Entry
{
    State state = State::Waiting;
    std::shared_ptr<Task> task; ///< planned, and not run yet
    Source source;
    std::shared_ptr<TaskProgress> progress = std::make_shared<TaskProgress>();
    CancelToken cancel;
    bool isRunning = false;
    bool shallGoOn = false;           ///< it was resumed before it had paused
    std::optional<TaskResult> before; ///< of the runs that were paused

    bool isWanted() const { return state == State::Waiting || state == State::Running || shallGoOn; }
};

TaskQueue::TaskQueue(QObject *parent) : QObject(parent)
{
    qRegisterMetaType<TaskEvent>();
    qRegisterMetaType<TaskResult>();
    m_workers.setMaxThreadCount(std::numeric_limits<int>::max()); // the limit is kept by `schedule`
}

TaskQueue::~TaskQueue()
{
    cancelAll();
    m_workers.waitForDone();
}

// What comes from a worker crosses to this thread through the event queue; nothing of it arrives after this
// object is gone.
template <typename Call>
void TaskQueue::post(Call call)
{
    QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void TaskQueue::setLimit(int limit)
{
    m_limit = std::max(1, limit);
    scheduleSoon();
}

TaskId TaskQueue::enqueue(std::unique_ptr<Task> task, Source again)
{
    auto entry = std::make_shared<Entry>();
    const QString title = task->title();
    entry->task = std::move(task);
    entry->source = std::move(again);
    return add(std::move(entry), title);
}

TaskId TaskQueue::enqueue(const QString &title, Source source)
{
    auto entry = std::make_shared<Entry>();
    entry->source = std::move(source);
    return add(std::move(entry), title);
}

TaskId TaskQueue::add(std::shared_ptr<Entry> entry, const QString &title)
{
    const TaskId id = m_nextId++;
    m_entries.emplace(id, std::move(entry));
    m_order.push_back(id);
    Q_EMIT queued(id, title);
    scheduleSoon();
    return id;
}

TaskQueue::Entry *TaskQueue::find(TaskId id) const
{
    const auto entry = m_entries.find(id);
    return entry == m_entries.end() ? nullptr : entry->second.get();
}

void TaskQueue::setState(TaskId id, State state)
{
    Entry *entry = find(id);
    if (entry && entry->state != state) {
        entry->state = state;
        Q_EMIT stateChanged(id);
    }
}

bool TaskQueue::canPause(TaskId id) const
{
    const Entry *entry = find(id);
    return entry && (entry->state == State::Waiting || (entry->state == State::Running && entry->source));
}

void TaskQueue::pause(TaskId id)
{
    if (!canPause(id)) {
        if (Entry *entry = find(id); entry && entry->state == State::Pausing) {
            entry->shallGoOn = false;
        }
        return;
    }
    const Entry *entry = find(id);
    if (entry->isRunning) {
        entry->cancel.cancel();
    }
    setState(id, entry->isRunning ? State::Pausing : State::Paused);
}

void TaskQueue::resume(TaskId id)
{
    Entry *entry = find(id);
    if (!entry) {
        return;
    }
    if (entry->state == State::Pausing) {
        entry->shallGoOn = true;
    } else if (entry->state == State::Paused) {
        setState(id, State::Waiting);
        scheduleSoon();
    }
}

void TaskQueue::cancel(TaskId id)
{
    const Entry *entry = find(id);
    if (!entry || entry->state == State::Cancelling) {
        return;
    }
    entry->cancel.cancel();
    const bool isRunning = entry->isRunning;
    setState(id, State::Cancelling);
    if (!isRunning) {
        post([this, id] { onRunEnded(id, stoppedBy(cancelledError())); });
    }
}

void TaskQueue::pauseAll()
{
    for (const TaskId id : std::vector(m_order)) {
        pause(id);
    }
}

void TaskQueue::cancelAll()
{
    for (const TaskId id : std::vector(m_order)) {
        cancel(id);
    }
}

void TaskQueue::move(TaskId id, int places)
{
    const auto at = std::find(m_order.begin(), m_order.end(), id);
    if (at == m_order.end()) {
        return;
    }
    const int from = static_cast<int>(at - m_order.begin());
    const int to = std::clamp(from + places, 0, static_cast<int>(m_order.size()) - 1);
    if (from != to) {
        m_order.erase(at);
        m_order.insert(m_order.begin() + to, id);
        Q_EMIT moved(id, from, to);
    }
}

bool TaskQueue::isBusy() const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [](const auto &each) { return each.second->isRunning || each.second->isWanted(); });
}

bool TaskQueue::hasRunning() const
{
    return countRunning() > 0;
}

int TaskQueue::countRunning() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
                                          [](const auto &each) { return each.second->isRunning; }));
}

std::optional<TaskQueue::State> TaskQueue::state(TaskId id) const
{
    const Entry *entry = find(id);
    return entry ? std::optional(entry->state) : std::nullopt;
}

const TaskProgress *TaskQueue::progress(TaskId id) const
{
    const Entry *entry = find(id);
    return entry ? entry->progress.get() : nullptr;
}

// Not at once: who enqueues a task has to know it first.
void TaskQueue::scheduleSoon()
{
    post([this] { schedule(); });
}

// A receiver of `started` may change the queue: the next is looked for anew.
void TaskQueue::schedule()
{
    const auto next = [this] {
        return std::find_if(m_order.begin(), m_order.end(), [this](TaskId id) {
            const Entry &entry = *m_entries.at(id);
            return entry.state == State::Waiting && !entry.isRunning;
        });
    };
    for (auto id = next(); id != m_order.end() && countRunning() < m_limit; id = next()) {
        start(*id, m_entries.at(*id));
    }
}

void TaskQueue::start(TaskId id, const std::shared_ptr<Entry> &entry)
{
    entry->state = State::Running;
    entry->isRunning = true;
    entry->cancel = CancelToken();
    entry->progress = std::make_shared<TaskProgress>();
    const std::shared_ptr<Task> task = std::exchange(entry->task, nullptr);
    const Maker maker = task ? Maker() : entry->source();
    (void)QtConcurrent::run(
        &m_workers, [this, id, task, maker, progress = entry->progress, cancel = entry->cancel] {
            const TaskContext context{cancel, *progress, [&](const TaskEvent &event) {
                                          settle(*progress, event);
                                          post([this, id, event] { Q_EMIT reported(id, event); });
                                      }};
            const TaskResult result = carryOut(task, maker, context);
            post([this, id, result] { onRunEnded(id, result); });
        });
    Q_EMIT started(id);
}

void TaskQueue::onRunEnded(TaskId id, TaskResult result)
{
    Entry *entry = find(id);
    if (!entry) {
        return; // it was cancelled while it waited, and has ended already
    }
    entry->isRunning = false;
    const bool hasPaused = entry->state == State::Pausing && result.wasCancelled();
    if (entry->before) {
        result = joined(*entry->before, std::move(result));
    }
    if (hasPaused) {
        entry->before = std::move(result);
        setState(id, std::exchange(entry->shallGoOn, false) ? State::Waiting : State::Paused);
    } else {
        finish(id, result);
    }
    schedule();
}

void TaskQueue::finish(TaskId id, const TaskResult &result)
{
    m_entries.erase(id);
    m_order.erase(std::find(m_order.begin(), m_order.end(), id));
    Q_EMIT finished(id, result);
}

} // namespace layerpool
