// SPDX-License-Identifier: Apache-2.0
#include "Shell.h"

#include "dialogs/settings/SettingsDialog.h"

#include <QApplication>
#include <QDialog>
#include <QEvent>

namespace layerpool {

Shell::Shell(Workspace &workspace, Dialogs &dialogs, Settings &settings)
    : m_dialogs(dialogs)
    , m_notifications(workspace.workers())
    , m_endOfWork(workspace.queue(), settings, m_notifications)
{
    m_renewal.setSingleShot(true);
    m_renewal.setInterval(0);
    connect(&m_renewal, &QTimer::timeout, this, &Shell::renewWindow);
    connect(&m_notifications, &DesktopNotifications::clicked, this, &Shell::bringToFront);
    connect(&m_notifications, &DesktopNotifications::unavailable, this,
            [this] { QApplication::alert(m_window.get()); });
    takeWindow(std::make_unique<MainWindow>(workspace, dialogs, settings));
}

Shell::~Shell() = default;

void Shell::takeWindow(std::unique_ptr<MainWindow> window)
{
    m_window = std::move(window);
    m_window->installEventFilter(this);
}

bool Shell::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && watched == m_window.get() && m_window->isVisible()) {
        m_renewal.start();
    }
    return QObject::eventFilter(watched, event);
}

// Not under a dialog: what was typed there would be lost. That of the settings, which chose the language, is
// made anew with the window.
void Shell::renewWindow()
{
    if (const QDialog *dialog = SettingsDialog::otherThatIsShown()) {
        connect(dialog, &QDialog::finished, &m_renewal, qOverload<>(&QTimer::start));
        connect(dialog, &QObject::destroyed, &m_renewal, qOverload<>(&QTimer::start));
        return;
    }
    const bool hadSettings = m_window->commands().hasSettingsOpen();
    m_window->save();
    const std::unique_ptr<MainWindow> old = std::move(m_window); // goes when the new one is there
    takeWindow(std::make_unique<MainWindow>(old->session(), m_dialogs));
    m_window->show();
    if (hadSettings) {
        m_window->commands().openSettings();
    }
}

void Shell::bringToFront()
{
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->raise();
    m_window->activateWindow();
}

} // namespace layerpool
