// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskPanel.h"

#include "Icons.h"
#include "Session.h"
#include "Words.h"
#include "views/CopyActions.h"
#include "views/EmptyPage.h"
#include "views/Spacing.h"
#include "views/tasks/LogPane.h"
#include "views/tasks/TaskActions.h"
#include "views/tasks/TaskDeeds.h"
#include "views/tasks/TaskTree.h"

#include <QTabBar>
#include <QVBoxLayout>

namespace layerpool {

TaskPanel::TaskPanel(Session &session, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_model(session.tasks)
    , m_tabs(new QTabWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_tree(new TaskTree(m_model, session.workspace.queue(), dialogs, session.workspace.workers(), this))
    , m_noTasks(new EmptyPage(tr("No task yet. What Convert, Select, Tar, Push and Verify do is shown here."),
                              this))
    , m_clear(new QAction(themedIcon(QStringLiteral("clear")), tr("Clear &finished"), this))
{
    auto *log = new LogPane(session.log, session.logLines, dialogs, session.workspace.workers(), this);
    m_tabs->setObjectName(QStringLiteral("taskTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeTasks(), tr("Tasks"));
    m_tabs->addTab(log, tr("Log"));
    m_tabs->tabBar()->setAccessibleName(tr("Tasks or the log"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    makeClear();

    m_all = (new TaskActions(*m_tree, this))->all();
    m_all.append(m_clear);
    addCopyAction(m_tree, tr("Cop&y details"), QKeySequence::Copy, DetailsRole);
    QAction *settings = addCopyAction(m_tree, tr("Copy the target's confi&guration"),
                                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G), SettingsRole);
    settings->setToolTip(
        tr("What containerd and podman need there, so that the images' original names resolve"));
    m_tree->offerColumns();

    connect(&m_tree->deeds(), &TaskDeeds::retryAsked, this, &TaskPanel::retryAsked);
    connect(&m_tree->deeds(), &TaskDeeds::told, this, &TaskPanel::told);
    connect(&m_tree->deeds(), &TaskDeeds::failed, this, &TaskPanel::failed);
    connect(log, &LogPane::saveFailed, this, &TaskPanel::failed);
    connect(&m_model, &TaskModel::rowsInserted, this, &TaskPanel::showPage);
    connect(&m_model, &TaskModel::rowsRemoved, this, &TaskPanel::showPage);
    connect(&m_model, &TaskModel::taskFinished, this, &TaskPanel::showPage);
    showPage();
}

QWidget *TaskPanel::makeTasks()
{
    m_pages->addWidget(m_noTasks);
    m_pages->addWidget(m_tree);
    return m_pages;
}

void TaskPanel::makeClear()
{
    m_clear->setObjectName(QStringLiteral("clearFinishedAction"));
    m_clear->setStatusTip(tr("Take the tasks that are over from the list"));
    connect(m_clear, &QAction::triggered, &m_model, &TaskModel::removeFinished);
    QPushButton *button = makeButton(m_clear, QStringLiteral("clearFinishedButton"), m_tabs);
    button->setFlat(true);
    m_tabs->setCornerWidget(button);
    connect(m_tabs, &QTabWidget::currentChanged, button, [button](int tab) { button->setVisible(tab == 0); });
}

void TaskPanel::showPage()
{
    m_pages->setCurrentWidget(m_model.rowCount() > 0 ? static_cast<QWidget *>(m_tree) : m_noTasks);
    m_clear->setEnabled(m_model.hasFinished());
}

} // namespace layerpool
