// SPDX-License-Identifier: Apache-2.0
#include "Leaving.h"

#include "ListCommands.h"
#include "dialogs/Dialogs.h"
#include "task/TaskQueue.h"

#include <QWidget>

#include <utility>

namespace layerpool {
namespace {

const QString kLeaving = QStringLiteral("leaving"); // one question, whatever there is to ask by then

} // namespace

Leaving::Leaving(Workspace &workspace, ListCommands &lists, Dialogs &dialogs, QWidget &window)
    : QObject(&window), m_queue(workspace.queue()), m_lists(lists), m_dialogs(dialogs), m_window(window)
{
    connect(&m_queue, &TaskQueue::stateChanged, this, &Leaving::closeWhenAtRest);
    connect(&m_queue, &TaskQueue::finished, this, &Leaving::closeWhenAtRest);
    connect(&workspace.lists(), &OpenLists::titleChanged, this, [this] { m_letsListsGo = false; });
}

bool Leaving::mayClose()
{
    const bool isBusy = m_queue.isBusy();
    if (isBusy && !m_isStopping) {
        m_letsListsGo = false; // other work was begun: all is asked anew
    }
    const QString unsaved = m_letsListsGo ? QString() : m_lists.unsaved();
    if (!isBusy && unsaved.isEmpty()) {
        return true;
    }
    if (m_isStopping) {
        return false;
    }
    const QString unfinished =
        isBusy ? tr("%n task(s) are not finished. They pause and keep what they have fetched; the next "
                    "start offers to go on from there.",
                    nullptr, int(m_queue.order().size()))
               : QString();
    if (unsaved.isEmpty()) {
        m_dialogs.ask(&m_window,
                      {tr("Tasks are not finished"),
                       unfinished,
                       tr("Pause and quit"),
                       Dialogs::Default::Cancel,
                       {},
                       kLeaving},
                      [this] { stop(); });
    } else if (unfinished.isEmpty()) {
        askToSave({tr("Unsaved lists"), unsaved, tr("Save"), Dialogs::Default::Yes, {}, kLeaving}, unsaved);
    } else {
        askToSave({tr("Tasks and lists are not finished"),
                   unfinished + QStringLiteral("\n\n") + unsaved,
                   tr("Save, pause and quit"),
                   Dialogs::Default::Cancel,
                   {},
                   kLeaving},
                  unsaved);
    }
    return false;
}

// Only what the question named may be lost: another list may have been changed while it was open.
void Leaving::askToSave(const Dialogs::Question &question, const QString &unsaved)
{
    m_lists.settle(question, [this, unsaved](Dialogs::Unsaved fate) {
        if (fate == Dialogs::Unsaved::Keep) {
            stay();
        } else if (fate == Dialogs::Unsaved::Discard && m_lists.unsaved() != unsaved) {
            closeSoon(); // asks anew
        } else {
            m_letsListsGo = fate == Dialogs::Unsaved::Discard;
            stop();
        }
    });
}

void Leaving::closeSoon()
{
    QMetaObject::invokeMethod(&m_window, &QWidget::close, Qt::QueuedConnection);
}

// What can't be paused is cancelled: it would not be made again.
void Leaving::stop()
{
    m_isStopping = true;
    for (const TaskId id : std::vector(m_queue.order())) {
        if (m_queue.canPause(id)) {
            m_queue.pause(id);
            m_paused.push_back(id);
        } else if (m_queue.state(id) == TaskQueue::State::Pausing) {
            m_queue.pause(id); // it may have been told to go on
        } else if (m_queue.state(id) == TaskQueue::State::Running) {
            m_queue.cancel(id);
        }
    }
    if (m_queue.isBusy()) {
        Q_EMIT stopping();
    }
    closeWhenAtRest();
}

// Lists may have been changed while the tasks came to rest.
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
        Q_EMIT stopped();
        closeSoon();
    }
}

} // namespace layerpool
