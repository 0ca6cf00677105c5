// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "MainWindow.h"
#include "notify/EndOfWork.h"

#include <QTimer>

#include <memory>

namespace layerpool {

/// What holds the window: makes it anew in another language, while lists, pool and tasks go on in the
/// workspace; and calls for the user when long work has ended behind other programs.
class Shell final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the shell.
    Shell(Workspace &workspace, Dialogs &dialogs, Settings &settings);
    ~Shell() override;

    MainWindow &window() { return *m_window; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeWindow(std::unique_ptr<MainWindow> window);
    void renewWindow();
    void bringToFront();

    Dialogs &m_dialogs;
    DesktopNotifications m_notifications;
    EndOfWork m_endOfWork;
    QTimer m_renewal; ///< a change of language comes as several events
    std::unique_ptr<MainWindow> m_window;
};

} // namespace layerpool
