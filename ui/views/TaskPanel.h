// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>

namespace layerpool {

class EmptyPage;

/// The tasks of the session: what works, how far it is, and what went wrong.
class TaskPanel final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the panel.
    explicit TaskPanel(Workspace &workspace, QWidget *parent = nullptr);

    QByteArray columns() const;
    void restoreColumns(const QByteArray &state);

Q_SIGNALS:
    /// These lines of a convert failed, and the user wants them tried again.
    void retryAsked(const QStringList &lines, const QString &title);

private:
    QWidget *makeHeading();
    void setUpTree();
    void onRowsInserted(const QModelIndex &parent, int first, int last);
    void onDataChanged(const QModelIndex &first, const QModelIndex &last);
    void addButtons(const QModelIndex &task);
    void copyDetails(const QModelIndex &task) const;
    void showPage();

    Workspace &m_workspace;
    TaskModel m_model;
    QStackedWidget *m_pages;
    QTreeView *m_tree;
    EmptyPage *m_noTasks;
    QPushButton *m_clear = nullptr;
};

} // namespace layerpool
