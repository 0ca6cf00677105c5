// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QPointer>
#include <QTreeView>

namespace layerpool {

class ColumnRoom;
class Dialogs;
class ResultDialog;

/// The tasks of the session as a tree: tasks, their images, and what those wait for or why they failed. Deeds
/// are for the selected rows; a row below a task stands for it.
class TaskTree final : public QTreeView
{
    Q_OBJECT

public:
    /// What can be done with some task of the selected rows.
    enum class Deed {
        Pause = 1,
        Resume = 2,
        Cancel = 4,
        Move = 8,
        Retry = 16,
        Show = 32,
        ShowFolder = 64,
        OpenReport = 128
    };
    Q_DECLARE_FLAGS(Deeds, Deed)

    /// All must outlive it.
    TaskTree(TaskModel &model, TaskQueue &queue, Dialogs &dialogs, QThreadPool &workers,
             QWidget *parent = nullptr);

    /// For the context menu, below what that has by now.
    void offerColumns();

    void pauseChosen();
    void resumeChosen();
    /// Of what is over, the row goes. Asks before it cancels several.
    void cancelChosen();
    void moveChosen(int places);
    /// All that failed of a task; of a failure's row that image alone.
    void retryChosen();
    void showChosen();
    /// What the tasks have made.
    void showFoldersOfChosen();
    void openReportsOfChosen();

    Deeds possibleDeeds() const;

Q_SIGNALS:
    /// What can be done with the selected rows may have changed.
    void chosenChanged();
    /// These lines of a task failed, and the user wants them tried again.
    void retryAsked(layerpool::TaskId id, const QStringList &lines);

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
    void pauseOrResume(const QModelIndex &task);
    void retry(const QModelIndex &index);
    QStringList chosenFailures(const QModelIndex &task) const;
    void showDetails(const QModelIndex &task);
    void showFolder(const QModelIndex &task);
    void openReport(const QModelIndex &task);
    /// The tasks of the selected rows, each once, from the top down.
    QList<QPersistentModelIndex> chosenTasks() const;
    Deeds deedsOf(const QModelIndex &task) const;

    TaskModel &m_model;
    TaskQueue &m_queue;
    Dialogs &m_dialogs;
    QThreadPool &m_workers;
    ColumnRoom *m_columns = nullptr;
    QHash<TaskId, QPointer<ResultDialog>> m_details; ///< that are open
};

Q_DECLARE_OPERATORS_FOR_FLAGS(TaskTree::Deeds)

} // namespace layerpool
