// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "Drop.h"
#include "Icons.h"
#include "Words.h"
#include "settings/Settings.h"
#include "views/DetailsPane.h"
#include "views/DropOverlay.h"
#include "views/ListPane.h"
#include "views/MessageBar.h"
#include "views/PoolTotalsLabel.h"
#include "views/Spacing.h"
#include "views/TaskPanel.h"
#include "views/WelcomePage.h"
#include "views/pool/PoolPane.h"

#include <QCloseEvent>
#include <QDir>
#include <QMenuBar>
#include <QScreen>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

namespace layerpool {

MainWindow::MainWindow(Workspace &workspace, Dialogs &dialogs, Settings &settings)
    : m_workspace(workspace)
    , m_dialogs(dialogs)
    , m_settings(settings)
    , m_commands(workspace, dialogs, settings, *this)
    , m_actions(m_commands, this)
    , m_messages(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
    , m_welcome(new WelcomePage(m_actions, this))
    , m_listPane(new ListPane(m_actions, this))
    , m_poolPane(new PoolPane(workspace, m_actions, this))
    , m_detailsPane(new DetailsPane(workspace, this))
    , m_taskPanel(new TaskPanel(workspace, this))
    , m_panes(new QSplitter(Qt::Horizontal, this))
    , m_work(new QSplitter(Qt::Vertical, this))
    , m_overlay(nullptr)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    m_actions.fillMenus(*menuBar(), {makeDetailsAction()});
    QToolBar *toolBar = addToolBar(tr("Tools"));
    toolBar->setObjectName(QStringLiteral("toolBar"));
    toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toolBar->setMovable(false);
    toolBar->setIconSize({fontMetrics().height() * 5 / 4, fontMetrics().height() * 5 / 4});
    m_actions.fillToolBar(*toolBar);
    statusBar()->addWidget(new PoolTotalsLabel(workspace, this));
    setCentralWidget(makePanes());
    m_overlay = new DropOverlay(this);
    follow();
    restore();
    showPage();
}

QAction *MainWindow::makeDetailsAction()
{
    auto *action = new QAction(tr("&Details"), this);
    action->setObjectName(QStringLiteral("detailsAction"));
    action->setShortcut(Qt::Key_F9);
    action->setStatusTip(tr("Shows or hides what is known of the thing that is chosen in the pool"));
    action->setCheckable(true);
    action->setChecked(m_settings.value(settings::showsDetails));
    m_detailsPane->setVisible(action->isChecked());
    connect(action, &QAction::toggled, this, [this](bool isOn) {
        m_detailsPane->setVisible(isOn);
        m_settings.setValue(settings::showsDetails, isOn);
    });
    return action;
}

QWidget *MainWindow::makePanes()
{
    m_panes->addWidget(m_listPane);
    m_panes->addWidget(m_poolPane);
    m_panes->addWidget(m_detailsPane);
    m_work->addWidget(m_panes);
    m_work->addWidget(m_taskPanel);
    m_work->setStretchFactor(0, 1);
    for (QSplitter *splitter : {m_panes, m_work}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(outerSpacing(this));
    }
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_work);

    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    const int margin = outerSpacing(this);
    layout->setContentsMargins(margin, margin, margin, 0);
    layout->setSpacing(margin);
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    return central;
}

void MainWindow::follow()
{
    connect(&m_workspace, &Workspace::poolChanged, this, &MainWindow::onPoolChanged);
    connect(&m_workspace, &Workspace::listChanged, this, &MainWindow::onListChanged);
    connect(&m_workspace, &Workspace::poolReading, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::poolReading, &m_actions, &Actions::refresh);
    connect(&m_workspace, &Workspace::poolFailed, m_messages, &MessageBar::showError);
    connect(&m_workspace, &Workspace::poolFailed, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::poolFailed, &m_actions, &Actions::refresh);
    connect(&m_workspace, &Workspace::poolNotThere, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::listFailed, m_messages, &MessageBar::showError);
    connect(&m_commands, &Commands::refused, m_messages, &MessageBar::showNote);
    connect(m_poolPane, &PoolPane::currentChanged, m_detailsPane, &DetailsPane::showItem);
    connect(m_taskPanel, &TaskPanel::retryAsked, &m_commands, &Commands::retry);

    connect(&m_workspace.ticks(), &PoolTicks::changed, &m_actions, &Actions::refresh);
    connect(&m_workspace.queue(), &TaskQueue::queued, &m_actions, &Actions::refresh);
    connect(&m_workspace.queue(), &TaskQueue::finished, &m_actions, &Actions::refresh);
}

void MainWindow::open(const QString &pool, const QStringList &files)
{
    if (pool.isEmpty() && files.isEmpty()) {
        m_commands.openLast();
        return;
    }
    if (!pool.isEmpty()) {
        m_workspace.openPool(pool);
    }
    m_commands.openDropped(files);
}

void MainWindow::onPoolChanged()
{
    const QString path = m_workspace.pool()->path();
    if (path != m_shownPool) {
        m_shownPool = path;
        m_settings.setValue(settings::lastPool, path);
        m_settings.remember(settings::recentPools, path);
        setWindowTitle(QDir::toNativeSeparators(path));
        m_messages->hide();
    }
    if (const std::vector<Error> &damage = m_workspace.pool()->damage(); !damage.empty()) {
        m_messages->showNote(tr("%n part(s) of this pool are damaged; Verify says which. The first: %1",
                                nullptr, int(damage.size()))
                                 .arg(sentenceOf(damage.front())));
    }
    m_actions.refresh();
    showPage();
}

void MainWindow::onListChanged()
{
    ListDocument *document = m_workspace.list();
    m_listPane->setDocument(document);
    m_settings.setValue(settings::lastList, document ? document->paths() : QStringList());
    if (document) {
        m_settings.remember(settings::recentLists, document->paths().first());
        m_messages->hide();
    }
    m_actions.refresh();
    showPage();
}

void MainWindow::showPage()
{
    const bool isAtWork = m_workspace.pool() || m_workspace.list() || m_workspace.isReadingPool();
    m_pages->setCurrentWidget(isAtWork ? static_cast<QWidget *>(m_work) : m_welcome);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QStringList files = localFiles(*event->mimeData());
    if (files.isEmpty()) {
        return; // nothing that is a file
    }
    m_overlay->say(tr("Looking at what it is …"), true);
    m_commands.look(files, [this, drag = ++m_drag](const Drop &drop) {
        if (drag == m_drag) {
            m_overlay->say(drop.sentence, drop.doesSomething());
        }
    });
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dragMoveEvent(QDragMoveEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    endDrag();
}

void MainWindow::endDrag()
{
    ++m_drag;
    m_overlay->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    endDrag();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_commands.openDropped(localFiles(*event->mimeData()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_workspace.queue().hasWork() && !m_isQuitting) {
        event->ignore();
        m_dialogs.ask(
            this,
            {tr("Tasks are running"),
             tr("Tasks are still running. What they have fetched is kept, and the next run goes on from "
                "there."),
             tr("Stop and quit")},
            [this] {
                m_isQuitting = true;
                close();
            });
        return;
    }
    save();
    m_commands.closeWindows();
    event->accept();
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_settings.value(settings::windowGeometry))) {
        const QSize wanted(textWidth(this, 190), fontMetrics().height() * 54);
        resize(wanted.boundedTo(screen()->availableSize()));
    }
    restoreState(m_settings.value(settings::windowState));
    if (!m_panes->restoreState(m_settings.value(settings::paneSizes))) {
        m_panes->setSizes({width() * 34 / 100, width() * 40 / 100, width() * 26 / 100});
    }
    if (!m_work->restoreState(m_settings.value(settings::taskPanelSizes))) {
        m_work->setSizes({height() * 80 / 100, height() * 20 / 100});
    }
    m_listPane->restoreColumns(m_settings.value(settings::listColumns));
    m_poolPane->restoreColumns(m_settings.value(settings::poolColumns),
                               m_settings.value(settings::blobColumns));
    m_taskPanel->restoreColumns(m_settings.value(settings::taskColumns));
}

void MainWindow::save()
{
    m_settings.setValue(settings::windowGeometry, saveGeometry());
    m_settings.setValue(settings::windowState, saveState());
    m_settings.setValue(settings::paneSizes, m_panes->saveState());
    m_settings.setValue(settings::taskPanelSizes, m_work->saveState());
    m_settings.setValue(settings::listColumns, m_listPane->columns());
    m_settings.setValue(settings::poolColumns, m_poolPane->treeColumns());
    m_settings.setValue(settings::blobColumns, m_poolPane->blobColumns());
    m_settings.setValue(settings::taskColumns, m_taskPanel->columns());
}

} // namespace layerpool
