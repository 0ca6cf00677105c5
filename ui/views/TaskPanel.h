// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>

namespace layerpool {

class EmptyPage;
class ResultDialog;

/// The tasks of the session: what works, how far it is, and what went wrong.
class TaskPanel final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the panel.
    explicit TaskPanel(Workspace &workspace, TaskModel &model, QWidget *parent = nullptr);

    QByteArray columns() const;
    void restoreColumns(const QByteArray &state);

Q_SIGNALS:
    /// These lines of a task failed, and the user wants them tried again.
    void retryAsked(layerpool::TaskId id, const QStringList &lines);

private:
    QWidget *makeHeading();
    void setUpTree();
    void setColumnModes();
    void showKnownTasks();
    void onRowsInserted(const QModelIndex &parent, int first, int last);
    void onDataChanged(const QModelIndex &first, const QModelIndex &last);
    void addButtons(const QModelIndex &task);
    void showDetails(const QModelIndex &task);
    void retry(const QModelIndex &task);
    void showPage();

    Workspace &m_workspace;
    TaskModel &m_model;
    QStackedWidget *m_pages;
    QTreeView *m_tree;
    EmptyPage *m_noTasks;
    QPushButton *m_clear = nullptr;
    QHash<TaskId, QPointer<ResultDialog>> m_details; ///< that are open
};

} // namespace layerpool
