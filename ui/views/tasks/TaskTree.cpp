// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskTree.h"

#include "views/ColumnRoom.h"
#include "views/Spacing.h"
#include "views/tasks/ProgressDelegate.h"
#include "views/tasks/TaskButtons.h"
#include "views/tasks/TaskDeeds.h"

#include <QHeaderView>
#include <QStyledItemDelegate>

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
    : QTreeView(parent)
    , m_model(model)
    , m_queue(queue)
    , m_deeds(new TaskDeeds(model, queue, dialogs, workers, *this))
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
            [this](const QModelIndex &row) { m_deeds->showDetails(m_model.taskOf(row)); });
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
    connect(buttons, &TaskButtons::pauseClicked, this, [this, row] { m_deeds->pauseOrResume(row); });
    connect(buttons, &TaskButtons::cancelClicked, this, [this, row] { m_queue.cancel(m_model.idOf(row)); });
    connect(buttons, &TaskButtons::detailsClicked, this, [this, row] { m_deeds->showDetails(row); });
    connect(buttons, &TaskButtons::retryClicked, this, [this, row] { m_deeds->retry(row); });
    connect(buttons, &TaskButtons::folderClicked, this, [this, row] { m_deeds->openFolder(row); });
    connect(buttons, &TaskButtons::reportClicked, this, [this, row] { m_deeds->openReport(row); });
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

} // namespace layerpool
