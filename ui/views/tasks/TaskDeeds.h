// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QAbstractItemView>
#include <QPointer>

namespace layerpool {

class Dialogs;
class ReportExport;
class ResultDialog;

/// What is done with tasks: with one by its row's buttons, and with those of the selected rows, where a row
/// below a task stands for it.
class TaskDeeds final : public QObject
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

    /// All must outlive it; the view of the model's rows owns it, and is the parent of the dialogs.
    TaskDeeds(TaskModel &model, TaskQueue &queue, Dialogs &dialogs, QThreadPool &workers,
              QAbstractItemView &rows);

    void pauseOrResume(const QModelIndex &task);
    /// All that failed of a task; of a row below it, the chosen images alone.
    void retry(const QModelIndex &index);
    void showDetails(const QModelIndex &task);
    /// What the task has made.
    void openFolder(const QModelIndex &task);
    void openReport(const QModelIndex &task);

    void pauseChosen();
    void resumeChosen();
    /// Of what is over, the row goes. Asks before it cancels several.
    void cancelChosen();
    void moveChosen(int places);
    /// All that failed of a task; of a failure's row that image alone.
    void retryChosen();
    void showChosen();
    void showFoldersOfChosen();
    void openReportsOfChosen();

    Deeds possible() const;

Q_SIGNALS:
    /// These lines of a task failed, and the user wants them tried again.
    void retryAsked(layerpool::TaskId id, const QStringList &lines);
    /// What came of something that is shown in no dialog any more.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    QStringList chosenFailures(const QModelIndex &task) const;
    /// The tasks of the selected rows, each once, from the top down.
    QList<QPersistentModelIndex> chosenTasks() const;
    Deeds possibleWith(const QModelIndex &task) const;
    QString folderOf(const QModelIndex &task) const;
    QString reportOf(const QModelIndex &task) const;
    void openOfChosen(QString (TaskDeeds::*pathOf)(const QModelIndex &task) const);
    void openOutside(const QStringList &paths);

    TaskModel &m_model;
    TaskQueue &m_queue;
    Dialogs &m_dialogs;
    QAbstractItemView &m_rows;
    ReportExport *m_reports;
    QHash<TaskId, QPointer<ResultDialog>> m_details; ///< that are open
};

Q_DECLARE_OPERATORS_FOR_FLAGS(TaskDeeds::Deeds)

} // namespace layerpool
