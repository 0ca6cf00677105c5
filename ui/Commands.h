// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BundleCommands.h"
#include "InventoryExport.h"
#include "ListCommands.h"
#include "Plans.h"
#include "TickExport.h"
#include "dialogs/HelpDialog.h"
#include "work/Recent.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QMainWindow;
class QMessageBox;

namespace layerpool {

class ServeDialog;
class Settings;
struct Drop;
struct Dropped;

/// What the window's actions do, and why one can't be done now. Knows the workspace and the dialogs, and no
/// view.
class Commands final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the commands; the window is the parent of the dialogs.
    Commands(Session &session, Dialogs &dialogs, QMainWindow &window);
    ~Commands() override;

    void openList();
    void newList();
    void saveList();
    void saveListAs();
    void checkList();
    void closeList();
    void nextList();
    void previousList();
    void undo();
    void redo();
    /// Opens what is in the clipboard, as if it were dropped.
    void paste();
    void openPool();
    void newPool();
    void openBundle();
    void importImages();
    void refreshPool();
    void untickAll();
    void convert();
    void select();
    void tar();
    void exportImages();
    void push();
    void verify();
    void serve();
    void exportTicks();
    void writeInventory();
    void cancelTasks();
    void signIn();
    void openSettings();
    void showGettingStarted();
    void showShortcuts();
    void about();
    void quit();

    /// Why it can't be done now, as a sentence; empty where it can.
    QString withoutList() const;
    QString withoutPool() const;
    QString withoutPoolOrList() const;
    QString withoutLines() const;
    QString withoutOtherList() const;
    QString withoutUndo() const;
    QString withoutRedo() const;
    QString withoutImages() const;
    QString withoutImagesToLink() const;
    QString withoutTicks() const;
    QString withoutTasks() const;
    QString withoutServable() const;
    QString withoutRecent() const;

    Recent &recent() { return m_recent; }

    ListCommands &lists() { return m_lists; }
    /// Opens what was dropped, or named on the command line.
    void openDropped(const Dropped &dropped);
    /// The pool, which is one whatever it looks like, and what the files are.
    void openFiles(const QString &pool, const QStringList &files);
    /// Opens what was open when the program ended, where it is still there.
    void openLast();
    /// Finds out, in a worker, what dropping these would do: they may lie on a disk that does not answer.
    void look(const Dropped &dropped, std::function<void(const Drop &)> then);
    /// Asks first whether a pool shall be made here.
    void offerNewPool(const QString &path);
    bool hasSettingsOpen() const { return m_plans.hasSettingsOpen(); }
    /// Closes what has a window of its own.
    void closeWindows();
    /// Makes a plan like that of a task for the lines that failed in it.
    void retry(TaskId task, const QStringList &lines);

    TaskMemory &memory() { return m_plans.memory(); }

Q_SIGNALS:
    /// What was dropped can't be opened; says why.
    void refused(const QString &reason);
    /// What came of something that shows in no pane.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    bool isBundleOpen() const;
    void open(const Drop &drop);
    void showHelp(HelpDialog::Page page);

    Workspace &m_workspace;
    Settings &m_settings;
    Dialogs &m_dialogs;
    QMainWindow &m_window;
    Plans m_plans;
    Recent m_recent;
    ListCommands m_lists;
    BundleCommands m_bundles;
    TickExport m_tickExport;
    InventoryExport m_inventoryExport;
    int m_asking = 0;               ///< counts the questions for a new pool
    QPointer<QMessageBox> m_about;  ///< while it is shown
    HelpDialog *m_help = nullptr;   ///< null until it was asked for; the window's
    ServeDialog *m_serve = nullptr; ///< the same
};

} // namespace layerpool
