// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskDeeds.h"

#include "ReportExport.h"
#include "dialogs/CancelQuestion.h"
#include "dialogs/Dialogs.h"
#include "dialogs/ResultDialog.h"

#include <algorithm>
#include <set>

namespace layerpool {

TaskDeeds::TaskDeeds(TaskModel &model, TaskQueue &queue, Dialogs &dialogs, QThreadPool &workers,
                     QAbstractItemView &rows)
    : QObject(&rows)
    , m_model(model)
    , m_queue(queue)
    , m_dialogs(dialogs)
    , m_rows(rows)
    , m_reports(new ReportExport(dialogs, workers, rows))
{
    connect(m_reports, &ReportExport::told, this, &TaskDeeds::told);
    connect(m_reports, &ReportExport::failed, this, &TaskDeeds::failed);
}

void TaskDeeds::pauseOrResume(const QModelIndex &task)
{
    const TaskId id = m_model.idOf(task);
    if (m_queue.canPause(id)) {
        m_queue.pause(id);
    } else {
        m_queue.resume(id);
    }
}

// By ranges: thousands of images may be selected. Where none is, the current row is meant: who comes by Tab
// has no other.
QList<QPersistentModelIndex> TaskDeeds::chosenTasks() const
{
    std::set<int> places;
    if (const QModelIndex current = m_rows.currentIndex();
        current.isValid() && !m_rows.selectionModel()->hasSelection()) {
        places.insert(m_model.taskOf(current).row());
    }
    for (const QItemSelectionRange &range : m_rows.selectionModel()->selection()) {
        if (range.parent().isValid()) {
            places.insert(m_model.taskOf(range.parent()).row());
            continue;
        }
        for (int place = range.top(); place <= range.bottom(); ++place) {
            places.insert(place);
        }
    }
    QList<QPersistentModelIndex> tasks;
    for (const int place : places) {
        tasks.append(m_model.index(place, 0));
    }
    return tasks;
}

TaskDeeds::Deeds TaskDeeds::possible() const
{
    Deeds deeds;
    for (const QPersistentModelIndex &task : chosenTasks()) {
        deeds |= possibleWith(task);
    }
    return deeds;
}

TaskDeeds::Deeds TaskDeeds::possibleWith(const QModelIndex &task) const
{
    const TaskModel::Phase phase = m_model.phaseOf(task);
    const bool isOver = m_model.resultOf(task) != nullptr;
    Deeds deeds;
    deeds.setFlag(Deed::Pause, m_queue.canPause(m_model.idOf(task)));
    deeds.setFlag(Deed::Resume, phase == TaskModel::Phase::Paused || phase == TaskModel::Phase::Pausing);
    deeds.setFlag(Deed::Cancel, phase != TaskModel::Phase::Cancelling);
    deeds.setFlag(Deed::Move, !isOver && m_queue.order().size() > 1);
    deeds.setFlag(Deed::Retry, m_model.canRetry(task));
    deeds.setFlag(Deed::Show, isOver);
    const Made *made = m_model.madeBy(task);
    deeds.setFlag(Deed::ShowFolder, made != nullptr);
    deeds.setFlag(Deed::OpenReport, made != nullptr && !made->report.isEmpty());
    return deeds;
}

void TaskDeeds::pauseChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        m_queue.pause(m_model.idOf(task));
    }
}

void TaskDeeds::resumeChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        m_queue.resume(m_model.idOf(task));
    }
}

void TaskDeeds::cancelChosen()
{
    std::vector<TaskId> unfinished;
    for (const QPersistentModelIndex &task : chosenTasks()) {
        if (m_model.resultOf(task)) {
            m_model.remove(task);
        } else {
            unfinished.push_back(m_model.idOf(task));
        }
    }
    askToCancel(unfinished, m_queue, m_dialogs, &m_rows);
}

// From the side to which they go, so that they don't pass each other.
void TaskDeeds::moveChosen(int places)
{
    QList<QPersistentModelIndex> tasks = chosenTasks();
    if (places > 0) {
        std::reverse(tasks.begin(), tasks.end());
    }
    for (const QPersistentModelIndex &task : tasks) {
        m_queue.move(m_model.idOf(task), places);
    }
}

void TaskDeeds::retryChosen()
{
    QModelIndexList rows = m_rows.selectionModel()->selectedRows();
    if (rows.isEmpty() && m_rows.currentIndex().isValid()) {
        rows.append(m_rows.currentIndex().siblingAtColumn(0));
    }
    for (const QModelIndex &row : rows) {
        if (m_model.canRetry(m_model.taskOf(row))) {
            retry(row);
            return; // each opens a plan: one at a time
        }
    }
}

void TaskDeeds::retry(const QModelIndex &index)
{
    const QModelIndex task = m_model.taskOf(index);
    const QStringList lines = m_model.isTask(index) ? QStringList() : chosenFailures(task);
    Q_EMIT retryAsked(m_model.idOf(task), lines.isEmpty() ? m_model.failedImages(task) : lines);
}

QStringList TaskDeeds::chosenFailures(const QModelIndex &task) const
{
    QStringList lines;
    for (const QItemSelectionRange &range : m_rows.selectionModel()->selection()) {
        for (int row = range.top(); m_model.taskOf(range.topLeft()) == task && row <= range.bottom(); ++row) {
            lines.append(m_model.failedImage(m_model.index(row, 0, range.parent())));
        }
    }
    lines.removeAll(QString());
    lines.removeDuplicates();
    return lines;
}

void TaskDeeds::showChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        showDetails(task);
    }
}

void TaskDeeds::showFoldersOfChosen()
{
    openOfChosen(&TaskDeeds::folderOf);
}

void TaskDeeds::openReportsOfChosen()
{
    openOfChosen(&TaskDeeds::reportOf);
}

void TaskDeeds::openFolder(const QModelIndex &task)
{
    openOutside({folderOf(task)});
}

void TaskDeeds::openReport(const QModelIndex &task)
{
    openOutside({reportOf(task)});
}

QString TaskDeeds::folderOf(const QModelIndex &task) const
{
    const Made *made = m_model.madeBy(task);
    return made ? made->folder : QString();
}

QString TaskDeeds::reportOf(const QModelIndex &task) const
{
    const Made *made = m_model.madeBy(task);
    return made ? made->report : QString();
}

// Each opens a window of another program: what several tasks have made in one folder, one.
void TaskDeeds::openOfChosen(QString (TaskDeeds::*pathOf)(const QModelIndex &task) const)
{
    constexpr int manyWindows = 4;
    QStringList paths;
    for (const QPersistentModelIndex &task : chosenTasks()) {
        if (const QString path = (this->*pathOf)(task); !path.isEmpty() && !paths.contains(path)) {
            paths.append(path);
        }
    }
    if (paths.size() < manyWindows) {
        openOutside(paths);
    } else {
        m_dialogs.ask(
            &m_rows,
            {tr("Many windows"),
             tr("This opens %n windows of other programs. Open them all?", nullptr, int(paths.size())),
             tr("&Open")},
            [this, paths] { openOutside(paths); });
    }
}

void TaskDeeds::openOutside(const QStringList &paths)
{
    for (const QString &path : paths) {
        m_dialogs.openOutside(&m_rows, path);
    }
}

void TaskDeeds::showDetails(const QModelIndex &task)
{
    const TaskResult *result = m_model.resultOf(task);
    if (!result) {
        return; // it is not over yet
    }
    QPointer<ResultDialog> &dialog = m_details[m_model.idOf(task)];
    if (dialog) {
        dialog->raise();
        dialog->activateWindow();
        return;
    }
    dialog = new ResultDialog(m_model.titleOf(task), *result, task.data(DetailsRole).toString(),
                              m_model.canRetry(task), m_dialogs, *m_reports, &m_rows);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ResultDialog::retryWanted, this, [this, row = QPersistentModelIndex(task)] {
        if (row.isValid()) {
            retry(row);
        }
    });
    dialog->show();
}

} // namespace layerpool
