// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"

#include "Drop.h"
#include "Icons.h"
#include "dialogs/ConvertForm.h"
#include "dialogs/PlanDialog.h"
#include "dialogs/PushForm.h"
#include "dialogs/SelectForm.h"
#include "dialogs/SignInDialog.h"
#include "dialogs/TarForm.h"
#include "dialogs/VerifyForm.h"
#include "dialogs/settings/SettingsDialog.h"
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
    , m_connections(workspace.logins(), settings)
{
    connect(&workspace, &Workspace::poolNotThere, this, &Commands::offerNewPool);
}

Commands::~Commands() = default;

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

std::unique_ptr<PlanForm> Commands::makeForm(Verb verb)
{
    switch (verb) {
    case Verb::Convert:
        return std::make_unique<ConvertForm>(m_workspace.pool()->path(), m_settings);
    case Verb::Select:
        return std::make_unique<SelectForm>(m_dialogs);
    case Verb::Tar:
        return std::make_unique<TarForm>(m_dialogs);
    case Verb::Push:
        return std::make_unique<PushForm>(m_settings);
    case Verb::Verify:
        break;
    }
    return std::make_unique<VerifyForm>(m_settings);
}

void Commands::convert()
{
    openPlan(makeForm(Verb::Convert), {m_workspace.listSubject()});
}

void Commands::select()
{
    openPlan(makeForm(Verb::Select), m_workspace.subjects());
}

void Commands::tar()
{
    openPlan(makeForm(Verb::Tar), m_workspace.subjects());
}

void Commands::push()
{
    openPlan(makeForm(Verb::Push), m_workspace.subjects());
}

void Commands::verify()
{
    openPlan(makeForm(Verb::Verify), m_workspace.subjects());
}

void Commands::retry(TaskId task, const QStringList &lines)
{
    const PlanRecipe recipe = m_recipes.value(task);
    if (!m_workspace.pool() || m_workspace.pool()->path() != recipe.poolPath) {
        Q_EMIT refused(tr("Open the pool %1 again to retry: the task was about it.")
                           .arg(QDir::toNativeSeparators(recipe.poolPath)));
        return;
    }
    auto list = std::make_shared<ImagesList>();
    if (!list->addText(lines.join(QLatin1Char('\n')).toUtf8(), recipe.name)) {
        return; // lines that were read once are text
    }
    std::unique_ptr<PlanForm> form = makeForm(recipe.verb);
    form->choose(recipe.choices);
    Subject failed;
    failed.kind = Subject::Kind::List;
    failed.name = recipe.name;
    failed.text = tr("%n image(s) that failed", nullptr, int(list->images().size()));
    failed.index = m_workspace.pool()->index;
    failed.list = std::move(list);
    const bool isForWholePool = form->isForWholePool();
    openPlan(std::move(form),
             isForWholePool ? m_workspace.subjects() : std::vector<Subject>{std::move(failed)});
}

void Commands::openPlan(std::unique_ptr<PlanForm> form, std::vector<Subject> subjects)
{
    form->setAccess(m_connections.options());
    auto *dialog = new PlanDialog(std::move(form), std::move(subjects), m_workspace.workers(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::confirmed, this,
            [this, dialog](const std::shared_ptr<PreparedTask> &prepared) {
                const PlanForm &chosen = dialog->form();
                chosen.remember(m_settings);
                const PlanRecipe recipe{chosen.verb(), m_workspace.pool()->path(), dialog->subject().name,
                                        chosen.choices()};
                m_recipes.insert(m_workspace.start(std::move(*prepared)), recipe);
                for (const QString &host : chosen.registries()) {
                    m_connections.addRegistry(host);
                }
            });
    connect(dialog, &PlanDialog::signInWanted, this,
            [this, dialog](const QString &registry) { openSignIn(dialog, registry); });
    connect(dialog, &PlanDialog::settingsWanted, this, [this](const QString &registry) {
        if (registry.isEmpty()) {
            settingsDialog().presentConnection();
        } else {
            settingsDialog().presentRegistry(registry);
        }
    });
    const auto planAnew = [this, dialog] { dialog->setAccess(m_connections.options()); };
    connect(&m_connections, &Connections::optionsChanged, dialog, planAnew);
    connect(&m_connections, &Connections::loginsChanged, dialog, planAnew);
    dialog->open();
}

void Commands::signIn()
{
    openSignIn(&m_window, {});
}

void Commands::openSignIn(QWidget *parent, const QString &registry)
{
    auto *dialog =
        new SignInDialog(registry, m_connections.options(), m_workspace.workers(), m_dialogs, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SignInDialog::loginServerAllowed, &m_connections, &Connections::allowLoginServer);
    connect(dialog, &SignInDialog::signedIn, &m_connections, [this](const QString &host) {
        m_connections.addRegistry(host);
        m_connections.tellLoginsChanged();
    });
    dialog->open();
}

void Commands::openSettings()
{
    settingsDialog().present();
}

SettingsDialog &Commands::settingsDialog()
{
    if (!m_settingsDialog) {
        m_settingsDialog = std::make_unique<SettingsDialog>(m_connections, m_workspace.workers(), m_dialogs);
        connect(m_settingsDialog.get(), &SettingsDialog::signInWanted, this,
                [this](const QString &registry) { openSignIn(m_settingsDialog.get(), registry); });
    }
    return *m_settingsDialog;
}

void Commands::closeWindows()
{
    if (m_settingsDialog) {
        m_settingsDialog->close();
    }
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
    return m_workspace.pool() ? QString() : tr("Open a pool first, or make one.");
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
    return m_workspace.pool()->index->totals().images > 0
               ? QString()
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
