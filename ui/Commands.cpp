// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"

#include "Drop.h"
#include "Icons.h"
#include "dialogs/CancelQuestion.h"
#include "dialogs/ServeDialog.h"
#include "settings/Settings.h"
#include "work/Background.h"
#include "work/Places.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMessageBox>

#include <algorithm>
#include <utility>

namespace layerpool {

Commands::Commands(Session &session, Dialogs &dialogs, QMainWindow &window)
    : QObject(&window)
    , m_workspace(session.workspace)
    , m_settings(session.settings)
    , m_dialogs(dialogs)
    , m_window(window)
    , m_plans(session, dialogs, window)
    , m_recent(m_settings, m_workspace.workers())
    , m_lists(m_workspace, dialogs, m_settings, m_plans.connections(), m_recent, window)
    , m_bundles(session, dialogs, m_plans, window)
    , m_tickExport(m_workspace, dialogs, m_settings, window)
    , m_inventoryExport(m_workspace, dialogs, m_settings, window)
{
    connect(&m_workspace, &Workspace::poolNotThere, this, &Commands::offerNewPool);
    connect(&m_plans, &Plans::refused, this, &Commands::refused);
    connect(&m_bundles, &BundleCommands::told, this, &Commands::told);
    connect(&m_tickExport, &TickExport::told, this, &Commands::told);
    connect(&m_tickExport, &TickExport::failed, this, &Commands::failed);
    connect(&m_inventoryExport, &InventoryExport::told, this, &Commands::told);
    connect(&m_inventoryExport, &InventoryExport::failed, this, &Commands::failed);
}

Commands::~Commands() = default;

void Commands::openList()
{
    m_lists.open();
}

void Commands::newList()
{
    m_lists.add();
}

void Commands::saveList()
{
    m_lists.save();
}

void Commands::saveListAs()
{
    m_lists.saveAs();
}

void Commands::checkList()
{
    m_lists.checkAtSource();
}

void Commands::closeList()
{
    m_lists.close(m_workspace.list());
}

void Commands::nextList()
{
    m_workspace.lists().step(1);
}

void Commands::previousList()
{
    m_workspace.lists().step(-1);
}

void Commands::undo()
{
    m_workspace.list()->undoStack().undo();
}

void Commands::redo()
{
    m_workspace.list()->undoStack().redo();
}

void Commands::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    const Dropped dropped = data ? Dropped::from(*data) : Dropped();
    if (dropped.isEmpty()) {
        Q_EMIT refused(tr("The clipboard holds no file and no text."));
    } else {
        openDropped(dropped);
    }
}

void Commands::openPool()
{
    m_dialogs.openFolder(
        &m_window,
        {tr("Open a pool"),
         startFolder(m_settings, settings::poolsFolder, m_settings.value(settings::lastPool)),
         {}},
        [this](const QString &path) { m_workspace.openPool(path); });
}

void Commands::newPool()
{
    m_dialogs.openFolder(
        &m_window,
        {tr("Choose an empty folder for the new pool"),
         startFolder(m_settings, settings::poolsFolder, m_settings.value(settings::lastPool)),
         {}},
        [this](const QString &path) { m_workspace.openPool(path, PoolOpening::MayCreate); });
}

void Commands::openBundle()
{
    m_bundles.open();
}

// Of what, the plan asks.
void Commands::importImages()
{
    m_bundles.importFrom({});
}

void Commands::offerNewPool(const QString &path)
{
    const int asking = ++m_asking;
    m_dialogs.ask(
        &m_window,
        {tr("New pool"),
         tr("%1 holds no pool yet. Make a new, empty pool there?").arg(QDir::toNativeSeparators(path)),
         tr("Make the pool")},
        [this, path] { m_workspace.openPool(path, PoolOpening::MayCreate); },
        [this, asking] {
            if (asking == m_asking) { // else another one is wanted by now
                m_bundles.onPoolNotMade();
            }
        });
}

void Commands::openDropped(const Dropped &dropped)
{
    look(dropped, [this](const Drop &drop) { open(drop); });
}

void Commands::openFiles(const QString &pool, const QStringList &files)
{
    look({files, {}}, [this, pool](Drop drop) {
        drop.pool = pool.isEmpty() ? drop.pool : pool;
        open(drop);
    });
}

void Commands::open(const Drop &drop)
{
    if (!drop.pool.isEmpty()) {
        m_workspace.openPool(drop.pool);
    }
    if (!drop.lists.isEmpty()) {
        m_workspace.lists().open(drop.lists);
    }
    if (const auto text = ListText::parse(drop.text.toUtf8(), {}); text && !text->isEmpty()) {
        m_workspace.lists().add(*text);
    }
    if (!drop.bundle.isEmpty()) {
        m_bundles.show(drop.bundle);
    }
    if (!drop.source.isEmpty()) {
        m_bundles.importFrom(drop.source);
    }
    if (!drop.refusal.isEmpty()) {
        Q_EMIT refused(drop.refusal);
    }
}

void Commands::look(const Dropped &dropped, std::function<void(const Drop &)> then)
{
    runInBackground(
        m_workspace.workers(), this, [dropped] { return Drop::of(dropped); }, std::move(then));
}

void Commands::openLast()
{
    struct Last
    {
        QString pool;
        QStringList lists;
        QStringList absent; ///< of the lists
        QString shown;
    };
    const Last last{m_settings.value(settings::lastPool),
                    m_settings.value(settings::openLists),
                    {},
                    m_settings.value(settings::shownList)};
    runInBackground(
        m_workspace.workers(), this,
        [last] {
            const auto isThere = [](const QString &path) {
                return !path.isEmpty() && QFileInfo::exists(path);
            };
            Last there{isThere(last.pool) ? last.pool : QString(), {}, {}, last.shown};
            std::partition_copy(last.lists.begin(), last.lists.end(), std::back_inserter(there.lists),
                                std::back_inserter(there.absent), isThere);
            return there;
        },
        [this](const Last &there) {
            if (!there.pool.isEmpty()) {
                m_workspace.openPool(there.pool);
            }
            m_workspace.lists().openAgain(there.lists, there.absent, there.shown);
        });
}

void Commands::refreshPool()
{
    m_workspace.refreshPool();
}

void Commands::untickAll()
{
    m_workspace.ticks().clear();
}

void Commands::convert()
{
    const std::vector<TaskId> &order = m_workspace.queue().order();
    const auto converts = [this](TaskId id) { return m_workspace.verbOf(id) == Verb::Convert; };
    if (std::any_of(order.begin(), order.end(), converts)) {
        Q_EMIT told(tr("Another Convert is not over: layers that both fetch at the same time come twice."));
    }
    m_plans.open(Verb::Convert);
}

void Commands::select()
{
    m_plans.open(Verb::Select);
}

void Commands::tar()
{
    m_plans.open(Verb::Tar);
}

void Commands::exportImages()
{
    m_plans.open(Verb::Export);
}

void Commands::push()
{
    m_plans.open(Verb::Push);
}

void Commands::verify()
{
    m_plans.open(Verb::Verify);
}

void Commands::retry(TaskId task, const QStringList &lines)
{
    m_plans.retry(task, lines);
}

void Commands::signIn()
{
    m_plans.signIn();
}

void Commands::openSettings()
{
    m_plans.openSettings();
}

void Commands::closeWindows()
{
    m_plans.closeSettings();
    m_bundles.closePages();
    for (QDialog *dialog : {static_cast<QDialog *>(m_serve), static_cast<QDialog *>(m_help)}) {
        if (dialog != nullptr) {
            dialog->close();
        }
    }
}

void Commands::serve()
{
    if (m_serve == nullptr) {
        m_serve = new ServeDialog(m_workspace, m_settings, &m_window);
    }
    m_serve->present();
}

void Commands::exportTicks()
{
    m_tickExport.run();
}

void Commands::writeInventory()
{
    m_inventoryExport.run();
}

void Commands::showGettingStarted()
{
    showHelp(HelpDialog::Page::GettingStarted);
}

void Commands::showShortcuts()
{
    showHelp(HelpDialog::Page::Shortcuts);
}

void Commands::showHelp(HelpDialog::Page page)
{
    if (m_help == nullptr) {
        m_help = new HelpDialog(m_window);
    }
    m_help->present(page);
}

void Commands::cancelTasks()
{
    TaskQueue &queue = m_workspace.queue();
    askToCancel(queue.order(), queue, m_dialogs, &m_window);
}

void Commands::about()
{
    if (!m_about) {
        m_about = new QMessageBox(
            QMessageBox::NoIcon, tr("About Layerpool"),
            tr("Layerpool %1\n\nCarries container images across an air gap.\n\nApache License 2.0")
                .arg(QStringLiteral(LAYERPOOL_VERSION)),
            QMessageBox::Close, &m_window);
        m_about->setObjectName(QStringLiteral("aboutBox"));
        m_about->setAttribute(Qt::WA_DeleteOnClose);
        m_about->setWindowModality(Qt::NonModal);
        m_about->setIconPixmap(programIcon().pixmap(64));
    }
    m_about->show();
    m_about->raise();
    m_about->activateWindow();
}

void Commands::quit()
{
    m_window.close();
}

QString Commands::withoutPool() const
{
    if (m_workspace.pool()) {
        return {};
    }
    return m_workspace.isReadingPool() ? tr("The pool is still being read.")
                                       : tr("Open a pool first, or make one.");
}

QString Commands::withoutList() const
{
    return m_workspace.list() ? QString() : tr("Open a list first.");
}

QString Commands::withoutPoolOrList() const
{
    if (const QString obstacle = withoutLines(); !obstacle.isEmpty()) {
        return obstacle;
    }
    if (const auto &readOnly = m_workspace.poolIsReadOnly()) {
        return tr("This pool is read-only (%1). Open or make another one to convert into.", "a reason")
            .arg(readOnly->why);
    }
    return withoutPool();
}

QString Commands::withoutLines() const
{
    if (!m_workspace.list()) {
        return withoutList();
    }
    return m_workspace.list()->counts().images > 0 ? QString() : tr("No line of the list names an image.");
}

QString Commands::withoutOtherList() const
{
    return m_workspace.lists().count() > 1 ? QString() : tr("No other list is open.");
}

QString Commands::withoutUndo() const
{
    const bool canUndo = m_workspace.list() && m_workspace.list()->undoStack().canUndo();
    return canUndo ? QString() : tr("There is nothing to undo.");
}

QString Commands::withoutRedo() const
{
    const bool canRedo = m_workspace.list() && m_workspace.list()->undoStack().canRedo();
    return canRedo ? QString() : tr("There is nothing to redo.");
}

QString Commands::withoutServable() const
{
    if (m_workspace.server().state() != PoolServer::State::Stopped) {
        return {};
    }
    return isBundleOpen() ? tr("A registry can't run over a bundle: import it into a pool.")
                          : withoutImages();
}

bool Commands::isBundleOpen() const
{
    return m_workspace.pool() && m_workspace.pool()->pool().contents() != nullptr;
}

QString Commands::withoutRecent() const
{
    return m_recent.isEmpty() ? tr("Nothing was open of late.") : QString();
}

QString Commands::withoutImages() const
{
    if (!m_workspace.pool()) {
        return withoutPool();
    }
    if (m_workspace.pool()->totals().images > 0) {
        return {};
    }
    return m_workspace.pool()->pool().contents() != nullptr
               ? tr("The bundle holds no images.")
               : tr("The pool is empty. Convert a list to fill it.");
}

QString Commands::withoutImagesToLink() const
{
    return isBundleOpen() ? tr("Hard links need a pool in a folder: import the bundle into one.")
                          : withoutImages();
}

QString Commands::withoutTicks() const
{
    return m_workspace.ticks().count() > 0 ? QString() : tr("No image is ticked.");
}

QString Commands::withoutTasks() const
{
    return m_workspace.queue().hasWork() ? QString() : tr("No task runs.");
}

} // namespace layerpool
