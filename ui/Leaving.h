// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"
#include "work/Workspace.h"

#include <QObject>

#include <vector>

namespace layerpool {

class ListCommands;

/// The end of a session: what is not finished and what is not saved is asked for in one question. Then lists
/// are saved, all tasks are paused so that the next session can go on, and the window closes when nothing
/// runs any more. Nothing waits meanwhile.
class Leaving final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    Leaving(Workspace &workspace, ListCommands &lists, Dialogs &dialogs, QWidget &window);

    /// Whether the window may close now. Else it is asked, or stops already, and is closed later.
    bool mayClose();

Q_SIGNALS:
    void stopping();
    void stopped();

private:
    void askToSave(const Dialogs::Question &question, const QString &unsaved);
    void closeSoon();
    void stop();
    void stay();
    void closeWhenAtRest();

    TaskQueue &m_queue;
    ListCommands &m_lists;
    Dialogs &m_dialogs;
    QWidget &m_window;
    std::vector<TaskId> m_paused; ///< for the window to close
    bool m_isStopping = false;
    bool m_letsListsGo = false; ///< what is not saved was given up, and nothing was changed since
};

} // namespace layerpool
