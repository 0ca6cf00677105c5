// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskTree.h"

#include "dialogs/CancelQuestion.h"
#include "dialogs/Dialogs.h"
#include "dialogs/ResultDialog.h"
#include "views/ColumnRoom.h"
#include "views/Spacing.h"
#include "views/tasks/ProgressDelegate.h"
#include "views/tasks/TaskButtons.h"

#include <QHeaderView>
#include <QStyledItemDelegate>

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

/// A text that says the most at its beginning, however narrow it is.
class FromItsBeginning final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideRight;
    }
};

} // namespace

TaskTree::TaskTree(TaskModel &model, TaskQueue &queue, Dialogs &dialogs, QThreadPool &workers,
                   QWidget *parent)
    : QTreeView(parent), m_model(model), m_queue(queue), m_dialogs(dialogs), m_workers(workers)
{
    setObjectName(QStringLiteral("taskTree"));
    setAccessibleName(tr("Tasks, their images, and what failed in them"));
    setModel(&model);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setTextElideMode(Qt::ElideMiddle); // where a task works tells it from the next
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setItemDelegateForColumn(TaskModel::State, new FromItsBeginning(this));
    setItemDelegateForColumn(TaskModel::Progress, new ProgressDelegate(this));
    m_columns =
        new ColumnRoom(header(), TaskModel::Title, textWidth(this, 24),
                       {{TaskModel::Speed, textWidth(this, 24)}, {TaskModel::Amount, textWidth(this, 28)}});
    setColumnWidth(TaskModel::State, textWidth(this, 30));
    setColumnWidth(TaskModel::Progress, textWidth(this, 14));
    // As wide as what they hold and is seen; what changes all the time moves nothing.
    header()->setResizeContentsPrecision(0);
    header()->setSectionResizeMode(TaskModel::Buttons, QHeaderView::ResizeToContents);
    connect(this, &QTreeView::activated, this,
            [this](const QModelIndex &row) { showDetails(m_model.taskOf(row)); });
    connect(&model, &TaskModel::rowsInserted, this, &TaskTree::onRowsInserted);
    connect(&model, &TaskModel::dataChanged, this, &TaskTree::onDataChanged);
    connect(&model, &TaskModel::phaseChanged, this, &TaskTree::onPhaseChanged);
    connect(&model, &TaskModel::rowsRemoved, this, &TaskTree::chosenChanged);
    connect(&model, &TaskModel::rowsMoved, this, &TaskTree::chosenChanged);
    onRowsInserted({}, 0, model.rowCount() - 1); // those that a window before this one had
}

void TaskTree::offerColumns()
{
    m_columns->offerIn(this);
}

void TaskTree::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    Q_EMIT chosenChanged();
}

void TaskTree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    Q_EMIT chosenChanged();
}

void TaskTree::onRowsInserted(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid()) {
        openFailures(parent, first);
        return;
    }
    for (int row = first; row <= last; ++row) {
        addButtons(m_model.index(row, 0));
    }
}

// What failed goes first, and what is first is opened; later ones don't open again what was closed.
void TaskTree::openFailures(const QModelIndex &parent, int first)
{
    if (m_model.isTask(parent)) {
        if (first == 0 && m_model.isFailure(m_model.index(0, 0, parent))) { // of no image
            expand(parent);
        }
    } else if (parent.row() == 0 && m_model.isFailure(parent)) { // its reasons have come
        expand(parent.parent());
    }
}

// A reason is longer than a title: it has the whole row. (QTreeView can do so itself, but keeps a list of
// such rows that it walks at each change: ten thousand failures held the window for minutes.)
void TaskTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!m_model.isFailure(index)) {
        QTreeView::drawRow(painter, option, index);
        return;
    }
    const int left = visualRect(index.siblingAtColumn(0)).left();
    QStyleOptionViewItem cell = option;
    cell.index = index;
    cell.showDecorationSelected = true;
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    cell.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex().siblingAtColumn(0) == index);
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &cell, painter, this);
    drawBranches(
        painter,
        QRect(option.rect.left(), option.rect.top(), left - option.rect.left(), option.rect.height()), index);
    cell.rect.setLeft(left);
    cell.textElideMode = Qt::ElideRight;
    itemDelegateForIndex(index)->paint(painter, cell, index);
}

void TaskTree::addButtons(const QModelIndex &task)
{
    auto *buttons = new TaskButtons(m_model.titleOf(task), this);
    const QPersistentModelIndex row(task);
    connect(buttons, &TaskButtons::pauseClicked, this, [this, row] { pauseOrResume(row); });
    connect(buttons, &TaskButtons::cancelClicked, this, [this, row] { m_queue.cancel(m_model.idOf(row)); });
    connect(buttons, &TaskButtons::detailsClicked, this, [this, row] { showDetails(row); });
    connect(buttons, &TaskButtons::retryClicked, this, [this, row] { retry(row); });
    connect(buttons, &TaskButtons::folderClicked, this, [this, row] { showFolder(row); });
    connect(buttons, &TaskButtons::reportClicked, this, [this, row] { openReport(row); });
    setIndexWidget(task.siblingAtColumn(TaskModel::Buttons), buttons);
    updateButtons(task);
}

void TaskTree::updateButtons(const QModelIndex &task)
{
    auto *buttons = qobject_cast<TaskButtons *>(indexWidget(task.siblingAtColumn(TaskModel::Buttons)));
    const TaskModel::Phase phase = m_model.phaseOf(task);
    buttons->follow(phase, m_queue.canPause(m_model.idOf(task)), m_model.canRetry(task),
                    m_model.madeBy(task));
    if (buttons->sizeHint().width() >
        columnWidth(TaskModel::Buttons)) { // others have come: the header isn't told
        resizeColumnToContents(TaskModel::Buttons);
    }
}

void TaskTree::onDataChanged(const QModelIndex &first)
{
    if (m_model.isTask(first)) {
        viewport()->update(); // what is below is not told to change: it is read when it is painted
    }
}

void TaskTree::onPhaseChanged(const QModelIndex &task)
{
    updateButtons(task);
    Q_EMIT chosenChanged();
}

void TaskTree::pauseOrResume(const QModelIndex &task)
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
QList<QPersistentModelIndex> TaskTree::chosenTasks() const
{
    std::set<int> places;
    if (const QModelIndex current = currentIndex(); current.isValid() && !selectionModel()->hasSelection()) {
        places.insert(m_model.taskOf(current).row());
    }
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
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

TaskTree::Deeds TaskTree::possibleDeeds() const
{
    Deeds deeds;
    for (const QPersistentModelIndex &task : chosenTasks()) {
        deeds |= deedsOf(task);
    }
    return deeds;
}

TaskTree::Deeds TaskTree::deedsOf(const QModelIndex &task) const
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

void TaskTree::pauseChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        m_queue.pause(m_model.idOf(task));
    }
}

void TaskTree::resumeChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        m_queue.resume(m_model.idOf(task));
    }
}

void TaskTree::cancelChosen()
{
    std::vector<TaskId> unfinished;
    for (const QPersistentModelIndex &task : chosenTasks()) {
        if (m_model.resultOf(task)) {
            m_model.remove(task);
        } else {
            unfinished.push_back(m_model.idOf(task));
        }
    }
    askToCancel(unfinished, m_queue, m_dialogs, this);
}

// From the side to which they go, so that they don't pass each other.
void TaskTree::moveChosen(int places)
{
    QList<QPersistentModelIndex> tasks = chosenTasks();
    if (places > 0) {
        std::reverse(tasks.begin(), tasks.end());
    }
    for (const QPersistentModelIndex &task : tasks) {
        m_queue.move(m_model.idOf(task), places);
    }
}

void TaskTree::retryChosen()
{
    QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty() && currentIndex().isValid()) {
        rows.append(currentIndex().siblingAtColumn(0));
    }
    for (const QModelIndex &row : rows) {
        if (m_model.canRetry(m_model.taskOf(row))) {
            retry(row);
            return; // each opens a plan: one at a time
        }
    }
}

void TaskTree::retry(const QModelIndex &index)
{
    const QModelIndex task = m_model.taskOf(index);
    const QStringList lines = m_model.isTask(index) ? QStringList() : chosenFailures(task);
    Q_EMIT retryAsked(m_model.idOf(task), lines.isEmpty() ? m_model.failedImages(task) : lines);
}

QStringList TaskTree::chosenFailures(const QModelIndex &task) const
{
    QStringList lines;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); m_model.taskOf(range.topLeft()) == task && row <= range.bottom(); ++row) {
            lines.append(m_model.failedImage(m_model.index(row, 0, range.parent())));
        }
    }
    lines.removeAll(QString());
    lines.removeDuplicates();
    return lines;
}

void TaskTree::showChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        showDetails(task);
    }
}

void TaskTree::showFoldersOfChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        showFolder(task);
    }
}

void TaskTree::openReportsOfChosen()
{
    for (const QPersistentModelIndex &task : chosenTasks()) {
        openReport(task);
    }
}

void TaskTree::showFolder(const QModelIndex &task)
{
    if (const Made *made = m_model.madeBy(task)) {
        m_dialogs.openOutside(this, made->folder);
    }
}

void TaskTree::openReport(const QModelIndex &task)
{
    if (const Made *made = m_model.madeBy(task); made && !made->report.isEmpty()) {
        m_dialogs.openOutside(this, made->report);
    }
}

void TaskTree::showDetails(const QModelIndex &task)
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
                              m_model.canRetry(task), m_dialogs, m_workers, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ResultDialog::retryWanted, this, [this, row = QPersistentModelIndex(task)] {
        if (row.isValid()) {
            retry(row);
        }
    });
    dialog->show();
}

} // namespace layerpool
