// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"

#include "Drop.h"
#include "Icons.h"
#include "settings/Settings.h"
#include "work/Background.h"

#include <QDir>
#include <QFileInfo>
#include <QMessageBox>

namespace layerpool {

Commands::Commands(Workspace &workspace, Dialogs &dialogs, Settings &settings, QWidget &window)
    : QObject(&window)
    , m_workspace(workspace)
    , m_dialogs(dialogs)
    , m_settings(settings)
    , m_window(window)
    , m_plans(workspace, dialogs, settings, window)
{
    connect(&workspace, &Workspace::poolNotThere, this, &Commands::offerNewPool);
    connect(&m_plans, &Plans::refused, this, &Commands::refused);
}

QString Commands::startFolder(const QString &last) const
{
    return last.isEmpty() ? QDir::homePath() : QFileInfo(last).absolutePath();
}

void Commands::openList()
{
    const QStringList last = m_settings.value(settings::lastList);
    m_dialogs.openFiles(
        &m_window,
        {tr("Open a list of images"), startFolder(last.value(0)), tr("Lists (*.txt *.list);;All files (*)")},
        [this](const QStringList &files) { m_workspace.openList(files); });
}

void Commands::openPool()
{
    m_dialogs.openFolder(&m_window,
                         {tr("Open a pool"), startFolder(m_settings.value(settings::lastPool)), {}},
                         [this](const QString &path) { m_workspace.openPool(path); });
}

void Commands::newPool()
{
    m_dialogs.openFolder(&m_window,
                         {tr("Choose an empty folder for the new pool"),
                          startFolder(m_settings.value(settings::lastPool)),
                          {}},
                         [this](const QString &path) { m_workspace.openPool(path, PoolOpening::MayCreate); });
}

void Commands::offerNewPool(const QString &path)
{
    m_dialogs.ask(
        &m_window,
        {tr("New pool"),
         tr("%1 holds no pool yet. Make a new, empty pool there?").arg(QDir::toNativeSeparators(path)),
         tr("Make the pool")},
        [this, path] { m_workspace.openPool(path, PoolOpening::MayCreate); });
}

void Commands::openDropped(const QStringList &paths)
{
    look(paths, [this](const Drop &drop) {
        if (!drop.refusal.isEmpty()) {
            Q_EMIT refused(drop.refusal);
        }
        if (!drop.pool.isEmpty()) {
            m_workspace.openPool(drop.pool);
        }
        if (!drop.lists.isEmpty()) {
            m_workspace.openList(drop.lists);
        }
    });
}

void Commands::look(const QStringList &paths, std::function<void(const Drop &)> then)
{
    runInBackground(
        m_workspace.workers(), this, [paths] { return Drop::of(paths); }, std::move(then));
}

void Commands::openLast()
{
    struct Last
    {
        QString pool;
        QStringList list;
    };
    const Last last{m_settings.value(settings::lastPool), m_settings.value(settings::lastList)};
    runInBackground(
        m_workspace.workers(), this,
        [last] {
            const auto isThere = [](const QString &path) {
                return !path.isEmpty() && QFileInfo::exists(path);
            };
            return Last{isThere(last.pool) ? last.pool : QString(),
                        isThere(last.list.value(0)) ? last.list : QStringList()};
        },
        [this](const Last &there) {
            if (!there.pool.isEmpty()) {
                m_workspace.openPool(there.pool);
            }
            if (!there.list.isEmpty()) {
                m_workspace.openList(there.list);
            }
        });
}

void Commands::closeList()
{
    m_workspace.closeList();
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
}

void Commands::cancelTasks()
{
    m_workspace.queue().cancelAll();
}

void Commands::about()
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Layerpool"),
        tr("Layerpool %1\n\nCarries container images across an air gap.\n\nApache License 2.0")
            .arg(QStringLiteral(LAYERPOOL_VERSION)),
        QMessageBox::Close, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(programIcon().pixmap(64));
    box->open();
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
    if (!m_workspace.list()) {
        return withoutList();
    }
    if (m_workspace.list()->list()->images().empty()) {
        return tr("No line of the list names an image.");
    }
    return withoutPool();
}

QString Commands::withoutImages() const
{
    if (!m_workspace.pool()) {
        return withoutPool();
    }
    return m_workspace.pool()->totals().images > 0 ? QString()
                                                   : tr("The pool is empty. Convert a list to fill it.");
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
