// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaskQueue.h"

#include <QObject>

#include <vector>

namespace layerpool {

class Dialogs;

/// The end of a session: where work runs it is asked for once, then all is paused so that the next session
/// can go on, and the window closes when nothing runs any more. Nothing waits meanwhile.
class Leaving final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    Leaving(TaskQueue &queue, Dialogs &dialogs, QWidget &window);

    /// Whether the window may close now. Else it is asked, or stops already, and is closed later.
    bool mayClose();
    /// The user stays after all: what was paused for it goes on.
    void stay();

Q_SIGNALS:
    void stopping();

private:
    void stop();
    void closeWhenAtRest();

    TaskQueue &m_queue;
    Dialogs &m_dialogs;
    QWidget &m_window;
    std::vector<TaskId> m_paused; ///< for the window to close
    bool m_isStopping = false;
};

} // namespace layerpool
