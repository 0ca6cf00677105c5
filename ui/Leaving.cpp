// SPDX-License-Identifier: Apache-2.0
#include "Leaving.h"

#include "dialogs/Dialogs.h"
#include "task/TaskQueue.h"

#include <QWidget>

#include <utility>

namespace layerpool {

Leaving::Leaving(TaskQueue &queue, Dialogs &dialogs, QWidget &window)
    : QObject(&window), m_queue(queue), m_dialogs(dialogs), m_window(window)
{
    connect(&queue, &TaskQueue::stateChanged, this, &Leaving::closeWhenAtRest);
    connect(&queue, &TaskQueue::finished, this, &Leaving::closeWhenAtRest);
}

bool Leaving::mayClose()
{
    if (!m_queue.isBusy()) {
        return true;
    }
    if (!m_isStopping) {
        const int count = int(m_queue.order().size());
        m_dialogs.ask(&m_window,
                      {tr("Tasks are not finished"),
                       tr("%n task(s) are not finished. They pause and keep what they have fetched; the next "
                          "start offers to go on from there.",
                          nullptr, count),
                       tr("Pause and quit"), Dialogs::Default::Cancel},
                      [this] { stop(); });
    }
    return false;
}

// What can't be paused is cancelled: it would not be made again.
void Leaving::stop()
{
    m_isStopping = true;
    for (const TaskId id : std::vector(m_queue.order())) {
        if (m_queue.canPause(id)) {
            m_queue.pause(id);
            m_paused.push_back(id);
        } else if (m_queue.state(id) == TaskQueue::State::Running) {
            m_queue.cancel(id);
        }
    }
    Q_EMIT stopping();
    closeWhenAtRest();
}

void Leaving::stay()
{
    for (const TaskId id : std::exchange(m_paused, {})) {
        m_queue.resume(id);
    }
}

void Leaving::closeWhenAtRest()
{
    if (m_isStopping && !m_queue.isBusy()) {
        m_isStopping = false;
        QMetaObject::invokeMethod(&m_window, &QWidget::close, Qt::QueuedConnection);
    }
}

} // namespace layerpool
