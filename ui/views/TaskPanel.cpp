// SPDX-License-Identifier: Apache-2.0
#include "views/TaskPanel.h"

#include "Icons.h"
#include "dialogs/ResultDialog.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/PaneHeading.h"
#include "views/ProgressDelegate.h"
#include "views/Spacing.h"
#include "views/TaskButtons.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace layerpool {

TaskPanel::TaskPanel(Workspace &workspace, TaskModel &model, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(model)
    , m_pages(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_noTasks(new EmptyPage(tr("No task yet. What Convert, Select, Tar, Push and Verify do is shown here."),
                              this))
{
    setUpTree();
    m_pages->addWidget(m_noTasks);
    m_pages->addWidget(m_tree);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(makeHeading());
    layout->addWidget(m_pages, 1);

    connect(&m_model, &TaskModel::rowsInserted, this, &TaskPanel::onRowsInserted);
    connect(&m_model, &TaskModel::rowsRemoved, this, &TaskPanel::showPage);
    connect(&m_model, &TaskModel::dataChanged, this, &TaskPanel::onDataChanged);
    showKnownTasks();
    showPage();
}

// Those that another window had before this one.
void TaskPanel::showKnownTasks()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex task = m_model.index(row, 0);
        onRowsInserted({}, row, row);
        if (const int troubles = m_model.rowCount(task); troubles > 0) {
            onRowsInserted(task, 0, troubles - 1);
        }
        onDataChanged(task, task);
    }
}

QWidget *TaskPanel::makeHeading()
{
    auto *heading = new QWidget(this);
    auto *name = new PaneHeading(heading);
    name->setHeading(tr("Tasks"), {}, {});
    m_clear = new QPushButton(themedIcon(QStringLiteral("clear")), tr("&Clear finished"), heading);
    m_clear->setObjectName(QStringLiteral("clearFinishedButton"));
    m_clear->setFlat(true);
    connect(m_clear, &QPushButton::clicked, &m_model, &TaskModel::removeFinished);
    auto *layout = new QHBoxLayout(heading);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(name, 1);
    layout->addWidget(m_clear);
    return heading;
}

void TaskPanel::setUpTree()
{
    m_tree->setObjectName(QStringLiteral("taskTree"));
    m_tree->setAccessibleName(tr("Tasks and what failed in them"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setItemDelegateForColumn(TaskModel::Progress, new ProgressDelegate(m_tree));
    setColumnModes();
    m_tree->header()->setResizeContentsPrecision(0); // what is seen
    m_tree->setColumnWidth(TaskModel::Progress, textWidth(this, 14));
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &row) {
        showDetails(m_model.isTask(row) ? row.siblingAtColumn(0) : row.parent());
    });
    addCopyAction(m_tree, tr("&Copy details"), QKeySequence::Copy, DetailsRole);
    QAction *settings = addCopyAction(m_tree, tr("Copy the target's &configuration"),
                                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), SettingsRole);
    settings->setToolTip(
        tr("What containerd and podman need there, so that the images' original names resolve"));
}

void TaskPanel::setColumnModes()
{
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(TaskModel::Title, QHeaderView::Stretch);
    for (const int column : {TaskModel::State, TaskModel::Amount, TaskModel::Speed, TaskModel::Buttons}) {
        m_tree->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
}

void TaskPanel::onRowsInserted(const QModelIndex &parent, int first, int last)
{
    for (int row = first; row <= last; ++row) {
        if (parent.isValid()) {
            m_tree->setFirstColumnSpanned(row, parent, true); // a reason is longer than a title
        } else {
            addButtons(m_model.index(row, 0));
        }
    }
    if (parent.isValid() && first == 0) {
        m_tree->expand(parent);
    }
    showPage();
}

void TaskPanel::addButtons(const QModelIndex &task)
{
    auto *buttons = new TaskButtons(m_model.titleOf(task), m_tree);
    const QPersistentModelIndex row(task);
    connect(buttons, &TaskButtons::cancelClicked, this,
            [this, row] { m_workspace.queue().cancel(m_model.idOf(row)); });
    connect(buttons, &TaskButtons::detailsClicked, this, [this, row] { showDetails(row); });
    connect(buttons, &TaskButtons::retryClicked, this, [this, row] { retry(row); });
    m_tree->setIndexWidget(task.siblingAtColumn(TaskModel::Buttons), buttons);
    buttons->show(m_model.phaseOf(task), false);
}

void TaskPanel::onDataChanged(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row() && m_model.isTask(first); ++row) {
        const QModelIndex task = m_model.index(row, 0);
        auto *buttons =
            qobject_cast<TaskButtons *>(m_tree->indexWidget(task.siblingAtColumn(TaskModel::Buttons)));
        buttons->show(m_model.phaseOf(task), m_model.canRetry(task));
    }
    m_clear->setEnabled(m_model.hasFinished());
}

void TaskPanel::retry(const QModelIndex &task)
{
    Q_EMIT retryAsked(m_model.idOf(task), m_model.failedImages(task));
}

void TaskPanel::showDetails(const QModelIndex &task)
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
                              m_model.canRetry(task), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ResultDialog::retryWanted, this, [this, row = QPersistentModelIndex(task)] {
        if (row.isValid()) {
            retry(row);
        }
    });
    dialog->show();
}

void TaskPanel::showPage()
{
    m_pages->setCurrentWidget(m_model.rowCount() > 0 ? static_cast<QWidget *>(m_tree) : m_noTasks);
    m_clear->setEnabled(m_model.hasFinished());
}

QByteArray TaskPanel::columns() const
{
    return m_tree->header()->saveState();
}

void TaskPanel::restoreColumns(const QByteArray &state)
{
    m_tree->header()->restoreState(state);
    setColumnModes(); // one that was kept by an earlier version brings modes of its own
}

} // namespace layerpool
