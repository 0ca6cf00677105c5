// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "Drop.h"
#include "EnterClicks.h"
#include "RecentMenu.h"
#include "WindowLayout.h"
#include "Words.h"
#include "settings/Settings.h"
#include "views/DetailsPane.h"
#include "views/DropOverlay.h"
#include "views/LeftoverBar.h"
#include "views/list/ListPane.h"
#include "views/MessageBar.h"
#include "views/PaneCycle.h"
#include "views/PoolTotalsLabel.h"
#include "views/ServingButton.h"
#include "views/Spacing.h"
#include "views/ThemeMenu.h"
#include "views/tasks/TaskPanel.h"
#include "views/WelcomePage.h"
#include "views/pool/PoolPane.h"

#include <QCloseEvent>
#include <QDir>
#include <QMenuBar>
#include <QScreen>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerpool {

MainWindow::MainWindow(Workspace &workspace, Dialogs &dialogs, Settings &settings)
    : MainWindow(std::make_shared<Session>(workspace, settings), dialogs)
{
}

MainWindow::MainWindow(std::shared_ptr<Session> session, Dialogs &dialogs)
    : m_session(std::move(session))
    , m_workspace(m_session->workspace)
    , m_settings(m_session->settings)
    , m_commands(*m_session, dialogs, *this)
    , m_actions(m_commands, this)
    , m_leaving(m_workspace, m_commands.lists(), dialogs, *this)
    , m_leftover(new LeftoverBar(this))
    , m_messages(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
    , m_welcome(new WelcomePage(m_actions, m_commands.recent(), m_workspace, this))
    , m_listPane(new ListPane(m_workspace, m_actions, this))
    , m_poolPane(new PoolPane(m_workspace, m_actions, this))
    , m_detailsPane(new DetailsPane(m_workspace, this))
    , m_taskPanel(new TaskPanel(*m_session, dialogs, this))
    , m_panes(new QSplitter(Qt::Horizontal, this))
    , m_work(new QSplitter(Qt::Vertical, this))
    , m_overlay(nullptr)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    m_actions.fillMenus(*menuBar(), {{makeDetailsAction(), (new ThemeMenu(m_settings, this))->menuAction()},
                                     m_listPane->editing(),
                                     m_taskPanel->taskActions()});
    QToolBar *toolBar = addToolBar(tr("Tools"));
    toolBar->setObjectName(QStringLiteral("toolBar"));
    toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toolBar->setMovable(false);
    toolBar->setIconSize({fontMetrics().height() * 5 / 4, fontMetrics().height() * 5 / 4});
    m_actions.fillToolBar(*toolBar);
    if (auto *more = toolBar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
        more->setAccessibleName(tr("More tools")); // Qt has no name for its button on a narrow window
    }
    statusBar()->addWidget(new PoolTotalsLabel(m_workspace, this));
    auto *serving = new ServingButton(m_workspace.server(), this);
    connect(serving, &QToolButton::clicked, &m_commands, &Commands::serve);
    statusBar()->addPermanentWidget(serving);
    m_actions.at(ActionId::OpenRecent)->setMenu(new RecentMenu(m_commands.recent(), m_workspace, this));
    setCentralWidget(makePanes());
    new PaneCycle({toolBar, m_welcome, m_listPane, m_poolPane, m_detailsPane, m_taskPanel}, this);
    m_overlay = new DropOverlay(this);
    follow();
    letEnterClick(*this);
    restore();
    if (m_workspace.pool()) {
        onPoolChanged();
    }
    m_actions.refresh();
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

// The views go before what they show.
MainWindow::~MainWindow()
{
    delete takeCentralWidget();
}

QWidget *MainWindow::makePanes()
{
    m_panes->setObjectName(QStringLiteral("panesSplitter"));
    m_work->setObjectName(QStringLiteral("tasksSplitter"));
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
    layout->addWidget(m_leftover);
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    return central;
}

void MainWindow::follow()
{
    connect(&m_workspace, &Workspace::poolChanged, this, &MainWindow::onPoolChanged);
    connect(&m_workspace.lists(), &OpenLists::currentChanged, this, &MainWindow::showPage);
    connect(&m_workspace.lists(), &OpenLists::begun, m_messages, &QWidget::hide);
    connect(&m_workspace, &Workspace::poolReading, this, &MainWindow::onPoolReading);
    connect(&m_workspace, &Workspace::poolReading, &m_actions, &Actions::refresh);
    connect(&m_workspace, &Workspace::poolFailed, m_messages, &MessageBar::showError);
    connect(&m_workspace, &Workspace::poolFailed, this, [this](const Error &error) { m_poolError = error; });
    connect(&m_workspace, &Workspace::poolFailed, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::poolFailed, &m_actions, &Actions::refresh);
    connect(&m_workspace, &Workspace::poolNotThere, this, &MainWindow::showPage);
    connect(&m_workspace, &Workspace::poolNotThere, &m_actions, &Actions::refresh);
    connect(&m_commands.lists(), &ListCommands::failed, m_messages, &MessageBar::showError);
    connect(&m_commands.lists(), &ListCommands::noted, m_messages, &MessageBar::showNote);
    connect(&m_actions, &Actions::aboutToRun, m_listPane, &ListPane::finishEditing);
    connect(m_listPane, &ListPane::closeAsked, &m_commands.lists(), &ListCommands::close);
    connect(&m_commands, &Commands::refused, m_messages, &MessageBar::showNote);
    connect(&m_commands, &Commands::told, m_messages, &MessageBar::showNote);
    connect(&m_commands, &Commands::failed, m_messages, &MessageBar::showError);
    connect(m_poolPane, &PoolPane::currentChanged, m_detailsPane, &DetailsPane::showItem);
    connect(m_taskPanel, &TaskPanel::retryAsked, &m_commands, &Commands::retry);
    connect(m_taskPanel, &TaskPanel::told, m_messages, &MessageBar::showNote);
    connect(m_taskPanel, &TaskPanel::failed, m_messages, &MessageBar::showError);
    connect(&m_commands.memory(), &TaskMemory::leftFound, m_leftover, &LeftoverBar::offer);
    connect(&m_commands.memory(), &TaskMemory::failed, m_messages, &MessageBar::showError);
    if (const QStringList left = m_commands.memory().left();
        !left.isEmpty()) { // as a window before this one had it
        m_leftover->offer(left);
    }
    connect(m_leftover, &LeftoverBar::goOnClicked, &m_commands.memory(), &TaskMemory::goOn);
    connect(m_leftover, &LeftoverBar::forgetClicked, &m_commands.memory(), &TaskMemory::forget);
    connect(&m_leaving, &Leaving::stopping, this, [this] { m_overlay->say(tr("Stopping…"), true); });
    connect(&m_leaving, &Leaving::stopped, m_overlay, &QWidget::hide);
    connect(&m_workspace.queue(), &TaskQueue::queued, this, &MainWindow::showPage);

    connect(&m_commands.recent(), &Recent::changed, &m_actions, &Actions::refresh);
    connect(&m_workspace.server(), &PoolServer::stateChanged, &m_actions, &Actions::refresh);
    connect(&m_workspace.ticks(), &PoolTicks::changed, &m_actions, &Actions::refresh);
    connect(&m_workspace.lists(), &OpenLists::currentChanged, &m_actions, &Actions::refresh);
    connect(&m_workspace.lists(), &OpenLists::opened, &m_actions, &Actions::refresh);
    connect(&m_workspace.lists(), &OpenLists::closed, &m_actions, &Actions::refresh);
    connect(&m_workspace.lists(), &OpenLists::titleChanged, &m_actions, &Actions::refresh);
    connect(&m_workspace.lists(), &OpenLists::statesChanged, &m_actions, &Actions::refresh);
    connect(&m_workspace.queue(), &TaskQueue::queued, &m_actions, &Actions::refresh);
    connect(&m_workspace.queue(), &TaskQueue::finished, &m_actions, &Actions::refresh);
}

void MainWindow::open(const QString &pool, const QStringList &files)
{
    if (pool.isEmpty() && files.isEmpty()) {
        m_commands.openLast();
        return;
    }
    m_commands.openFiles(pool, files);
}

// Another one is opened: what was said before is read. What comes from now on is of what is opened with it.
void MainWindow::onPoolReading(const QString &path)
{
    if (!m_workspace.pool() || m_workspace.pool()->path() != path) {
        m_messages->hide();
    }
    showPage();
}

void MainWindow::onPoolChanged()
{
    if (const auto error = std::exchange(m_poolError, std::nullopt)) {
        m_messages->takeBack(*error); // the disk is there again, say
    }
    const QString path = m_workspace.pool()->path();
    if (path != m_shownPool) {
        m_shownPool = path;
        m_saidDamage.clear();
        if (m_workspace.pool()->pool().contents() == nullptr) { // a bundle is looked into, and left
            m_settings.setValue(settings::lastPool, path);
        }
        m_commands.recent().rememberPool(path);
        setWindowTitle(QDir::toNativeSeparators(path));
        if (const QString text = readOnlyText(m_workspace); !text.isEmpty()) {
            m_messages->showNote(text);
        }
    }
    const std::vector<Error> &damage = m_workspace.pool()->damage();
    const QString said = damage.empty()
                             ? QString()
                             : tr("%n part(s) of this pool are damaged; Verify says which. The first: %1",
                                  nullptr, int(damage.size()))
                                   .arg(sentenceOf(damage.front()));
    if (said != std::exchange(m_saidDamage, said) && !said.isEmpty()) { // a pool is read often while it fills
        m_messages->showNote(said);
    }
    m_actions.refresh();
    showPage();
}

void MainWindow::showPage()
{
    const bool isAtWork = m_workspace.pool() || m_workspace.list() || m_workspace.isReadingPool() ||
                          m_workspace.queue().hasWork();
    m_pages->setCurrentWidget(isAtWork ? static_cast<QWidget *>(m_work) : m_welcome);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const Dropped dropped = Dropped::from(*event->mimeData());
    if (dropped.isEmpty()) {
        return; // no file, and no text
    }
    m_overlay->say(tr("Looking at what it is …"), true);
    m_commands.look(dropped, [this, drag = ++m_drag](const Drop &drop) {
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
    m_commands.openDropped(Dropped::from(*event->mimeData()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_listPane->finishEditing();
    if (!m_leaving.mayClose()) {
        event->ignore();
        return;
    }
    save();
    m_commands.closeWindows();
    m_workspace.server().stop();
    event->accept();
}

void MainWindow::restore()
{
    const QSize wanted(textWidth(this, 190), fontMetrics().height() * 54);
    resize(wanted.boundedTo(screen()->availableSize()));
    m_panes->setSizes({width() * 36 / 100, width() * 42 / 100, width() * 22 / 100});
    m_work->setSizes({height() * 70 / 100, height() * 30 / 100});
    restoreLayout(*this, m_settings);
    m_poolPane->chooseView(m_settings.value(settings::poolView));
    m_poolPane->open(m_settings.value(settings::poolExpanded));
    m_detailsPane->open(m_settings.value(settings::detailsGroups));
}

void MainWindow::save()
{
    saveLayout(*this, m_settings);
    m_settings.setValue(settings::poolView, m_poolPane->chosenView());
    m_settings.setValue(settings::poolExpanded, m_poolPane->opened());
    m_settings.setValue(settings::detailsGroups, m_detailsPane->opened());
}

} // namespace layerpool
