// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "models/TaskModel.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>

namespace layerpool {

class Dialogs;
class EmptyPage;
struct Session;
class TaskActions;
class TaskTree;

/// The tasks of the session: what works, how far it is, and what went wrong; and beside them the log.
class TaskPanel final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the panel.
    TaskPanel(Session &session, Dialogs &dialogs, QWidget *parent = nullptr);

    /// For the Tasks menu.
    const QList<QAction *> &taskActions() const { return m_all; }

Q_SIGNALS:
    /// These lines of a task failed, and the user wants them tried again.
    void retryAsked(layerpool::TaskId id, const QStringList &lines);
    /// What came of something that shows nowhere here.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    QWidget *makeTasks();
    void makeClear();
    void showPage();

    TaskModel &m_model;
    QTabWidget *m_tabs;
    QStackedWidget *m_pages;
    TaskTree *m_tree;
    EmptyPage *m_noTasks;
    QAction *m_clear;
    QList<QAction *> m_all;
};

} // namespace layerpool
