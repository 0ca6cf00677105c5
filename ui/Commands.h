// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Plans.h"

#include <QObject>

#include <functional>

namespace layerpool {

class Settings;
struct Drop;

/// What the window's actions do, and why one can't be done now. Knows the workspace and the dialogs, and no
/// view.
class Commands final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the commands; the window is the parent of the dialogs.
    Commands(Session &session, Dialogs &dialogs, QWidget &window);

    void openList();
    void openPool();
    void newPool();
    void closeList();
    void refreshPool();
    void untickAll();
    void convert();
    void select();
    void tar();
    void push();
    void verify();
    void cancelTasks();
    void signIn();
    void openSettings();
    void about();
    void quit();

    /// Why it can't be done now, as a sentence; empty where it can.
    QString withoutList() const;
    QString withoutPool() const;
    QString withoutPoolOrList() const;
    QString withoutImages() const;
    QString withoutTicks() const;
    QString withoutTasks() const;

    /// Opens what was dropped, or named on the command line.
    void openDropped(const QStringList &paths);
    /// Opens what was open when the program ended, where it is still there.
    void openLast();
    /// Finds out, in a worker, what dropping these would do: they may lie on a disk that does not answer.
    void look(const QStringList &paths, std::function<void(const Drop &)> then);
    /// Asks first whether a pool shall be made here.
    void offerNewPool(const QString &path);
    bool hasSettingsOpen() const { return m_plans.hasSettingsOpen(); }
    /// Closes what has a window of its own.
    void closeWindows();
    /// Makes a plan like that of a task for the lines that failed in it.
    void retry(TaskId task, const QStringList &lines);

Q_SIGNALS:
    /// What was dropped can't be opened; says why.
    void refused(const QString &reason);

private:
    Workspace &m_workspace;
    Settings &m_settings;
    Dialogs &m_dialogs;
    QWidget &m_window;
    Plans m_plans;
};

} // namespace layerpool
