// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QTreeView>

namespace layerpool {

class ColumnRoom;
class Dialogs;
class TaskDeeds;

/// The tasks of the session as a tree: tasks, their images, and what those wait for or why they failed.
class TaskTree final : public QTreeView
{
    Q_OBJECT

public:
    /// All must outlive it.
    TaskTree(TaskModel &model, TaskQueue &queue, Dialogs &dialogs, QThreadPool &workers,
             QWidget *parent = nullptr);

    /// For the context menu, below what that has by now.
    void offerColumns();

    TaskDeeds &deeds() { return *m_deeds; }

Q_SIGNALS:
    /// What can be done with the selected rows may have changed.
    void chosenChanged();

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;

private:
    void onRowsInserted(const QModelIndex &parent, int first, int last);
    void onDataChanged(const QModelIndex &first);
    void onPhaseChanged(const QModelIndex &task);
    void openFailures(const QModelIndex &parent, int first);
    void addButtons(const QModelIndex &task);
    void updateButtons(const QModelIndex &task);

    TaskModel &m_model;
    TaskQueue &m_queue;
    TaskDeeds *m_deeds;
    ColumnRoom *m_columns = nullptr;
};

} // namespace layerpool
