// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Actions.h"
#include "Leaving.h"

#include <QMainWindow>
#include <QSplitter>
#include <QStackedWidget>

#include <memory>

namespace layerpool {

class DetailsPane;
class DropOverlay;
class LeftoverBar;
class ListPane;
class MessageBar;
class PoolPane;
class TaskPanel;
class WelcomePage;

/// The window: it puts the panes together, takes drops, and remembers how it was left. What is open is the
/// workspace's, what is done the commands'.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// All must outlive the window. It shows what the workspace has open.
    MainWindow(Workspace &workspace, Dialogs &dialogs, Settings &settings);
    /// With the session of a window before it.
    MainWindow(std::shared_ptr<Session> session, Dialogs &dialogs);

    ~MainWindow() override;

    /// Opens what the command line names; nothing: what was open last.
    void open(const QString &pool, const QStringList &files);
    Commands &commands() { return m_commands; }
    const std::shared_ptr<Session> &session() const { return m_session; }
    /// Keeps how it is laid out for the next window.
    void save();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makePanes();
    QAction *makeDetailsAction();
    void follow();
    void onPoolReading(const QString &path);
    void onPoolChanged();
    void showPage();
    void endDrag();
    void restore();

    std::shared_ptr<Session> m_session;
    Workspace &m_workspace;
    Settings &m_settings;
    Commands m_commands;
    Actions m_actions;
    Leaving m_leaving;
    LeftoverBar *m_leftover;
    MessageBar *m_messages;
    QStackedWidget *m_pages;
    WelcomePage *m_welcome;
    ListPane *m_listPane;
    PoolPane *m_poolPane;
    DetailsPane *m_detailsPane;
    TaskPanel *m_taskPanel;
    QSplitter *m_panes;
    QSplitter *m_work;
    DropOverlay *m_overlay;
    QString m_shownPool;
    std::optional<Error> m_poolError; ///< while no pool was read since
    QString m_saidDamage;             ///< of that pool
    int m_drag = 0;                   ///< counts drags: what is said of an earlier one comes too late
};

} // namespace layerpool
