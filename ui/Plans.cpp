// SPDX-License-Identifier: Apache-2.0
#include "Plans.h"

#include "bundle/BundleVolumes.h"
#include "dialogs/ConvertForm.h"
#include "dialogs/ExportForm.h"
#include "dialogs/ImportForm.h"
#include "dialogs/PlanDialog.h"
#include "dialogs/PushForm.h"
#include "dialogs/SelectForm.h"
#include "dialogs/SignInDialog.h"
#include "dialogs/TarForm.h"
#include "dialogs/VerifyForm.h"
#include "dialogs/settings/SettingsDialog.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {

Plans::Plans(Session &session, Dialogs &dialogs, QWidget &window)
    : m_workspace(session.workspace)
    , m_settings(session.settings)
    , m_dialogs(dialogs)
    , m_window(window)
    , m_connections(session.connections)
    , m_memory(session.memory)
{
    TaskQueue &queue = m_workspace.queue();
    const auto followLimit = [this, &queue] { queue.setLimit(m_connections.value(settings::tasksAtOnce)); };
    connect(&m_connections, &Connections::optionsChanged, this, followLimit);
    followLimit();
}

Plans::~Plans() = default;

std::unique_ptr<PlanForm> Plans::makeForm(Verb verb)
{
    switch (verb) {
    case Verb::Convert:
        return std::make_unique<ConvertForm>(m_connections, m_settings);
    case Verb::Select:
        return std::make_unique<SelectForm>(m_settings, m_dialogs);
    case Verb::Tar:
        return std::make_unique<TarForm>(m_settings, m_workspace.workers(), m_dialogs);
    case Verb::Push:
        return std::make_unique<PushForm>(m_settings);
    case Verb::Import:
        return std::make_unique<ImportForm>(m_settings, m_dialogs);
    case Verb::Export:
        return std::make_unique<ExportForm>(m_settings, m_dialogs);
    case Verb::Verify:
        break;
    }
    return std::make_unique<VerifyForm>(m_settings);
}

void Plans::open(Verb verb)
{
    openOrRaise({verb, {}}, subjectsOf(verb));
}

void Plans::openForBundle(Verb verb, const std::shared_ptr<const PoolIndex> &bundle)
{
    Subject all;
    all.name = QFileInfo(bundleNamedBy(bundle->path())).fileName();
    all.text = tr("The bundle %1 (%n image(s))", nullptr, int(bundle->totals().images)).arg(all.name);
    all.index = bundle;
    openOrRaise({verb, bundle->path()}, {std::move(all)});
}

void Plans::openOrRaise(const Purpose &purpose, std::vector<Subject> subjects)
{
    QPointer<PlanDialog> &dialog = m_open[purpose];
    if (!raise(dialog, subjects)) {
        dialog = openDialog(makeForm(purpose.first), std::move(subjects));
    }
}

// Other things may be in front by now.
bool Plans::raise(PlanDialog *dialog, std::vector<Subject> subjects)
{
    if (dialog == nullptr || !dialog->isVisible()) {
        return false;
    }
    dialog->setSubjects(std::move(subjects));
    dialog->raise();
    dialog->activateWindow();
    return true;
}

std::vector<Subject> Plans::subjectsOf(Verb verb) const
{
    if (verb == Verb::Convert) {
        return {m_workspace.listSubject()};
    }
    std::vector<Subject> subjects = m_workspace.subjects();
    if (verb == Verb::Import) { // the pool comes last
        subjects.erase(subjects.begin(), subjects.end() - 1);
        subjects.back().text = QDir::toNativeSeparators(m_workspace.pool()->path());
    }
    return subjects;
}

void Plans::openImport(const QString &source)
{
    QPointer<PlanDialog> &dialog = m_open[{Verb::Import, source}];
    const bool isOfAnother =
        dialog && !source.isEmpty() && dialog->form().choices().bundle != QDir(source).absolutePath();
    if (!isOfAnother && raise(dialog, subjectsOf(Verb::Import))) {
        return;
    }
    std::unique_ptr<PlanForm> form = makeForm(Verb::Import);
    PlanChoices choices;
    choices.bundle = source;
    form->choose(choices);
    dialog = openDialog(std::move(form), subjectsOf(Verb::Import));
}

// The open one as it is known, another as the plan finds it.
Subject Plans::poolOf(const PlanRecipe &recipe) const
{
    if (m_workspace.pool() && m_workspace.pool()->path() == recipe.poolPath) {
        return subjectsOf(recipe.verb).back();
    }
    Subject pool;
    pool.name = recipe.name;
    pool.text = QDir::toNativeSeparators(recipe.poolPath);
    pool.path = recipe.poolPath;
    return pool;
}

void Plans::retry(TaskId task, const QStringList &lines)
{
    const PlanRecipe *found = m_memory.recipe(task);
    if (!found) {
        return;
    }
    const PlanRecipe recipe = *found;
    const bool isOpen = m_workspace.pool() && m_workspace.pool()->path() == recipe.poolPath;
    if (!isOpen && changesPool(recipe.verb)) { // its disk may have gone: none shall be made in its place
        Q_EMIT refused(tr("Open the pool %1 again to retry: the task was about it.")
                           .arg(QDir::toNativeSeparators(recipe.poolPath)));
        return;
    }
    const QStringList again = lines.isEmpty() ? recipe.lines : lines; // it may have broken off before any
    auto list = std::make_shared<ImagesList>();
    if (!list->addText(again.join(QLatin1Char('\n')).toUtf8(), recipe.name)) {
        return; // lines that were read once are text
    }
    std::unique_ptr<PlanForm> form = makeForm(recipe.verb);
    form->choose(recipe.choices);
    Subject failed;
    failed.kind = Subject::Kind::List;
    failed.name = recipe.name;
    failed.text = lines.isEmpty()
                      ? tr("%n image(s) of %1", "of a list", int(list->images().size())).arg(recipe.name)
                      : tr("%n image(s) that failed", nullptr, int(list->images().size()));
    failed.index = isOpen ? m_workspace.pool() : nullptr;
    failed.path = recipe.poolPath;
    failed.list = std::move(list);
    std::vector<Subject> subjects{std::move(failed)};
    if (form->isForWholePool() || again.isEmpty()) {
        subjects = {poolOf(recipe)};
    }
    openDialog(std::move(form), std::move(subjects),
               Choices::OfThisTask); // what was chosen since stays
}

// Not modal: the lists, the pool and the tasks at work can be looked at beside it.
PlanDialog *Plans::openDialog(std::unique_ptr<PlanForm> form, std::vector<Subject> subjects, Choices choices)
{
    form->setAccess(m_connections.options());
    auto *dialog = new PlanDialog(std::move(form), std::move(subjects), m_workspace.workers(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::confirmed, this,
            [this, dialog, choices](const std::shared_ptr<PreparedTask> &prepared) {
                const PlanForm &chosen = dialog->form();
                if (choices == Choices::ForNextTime) {
                    chosen.remember(m_settings);
                }
                m_memory.start(std::move(*prepared), chosen.recipe(dialog->subject()), chosen.signer());
                for (const QString &host : chosen.registries()) {
                    m_connections.addRegistry(host);
                }
            });
    connect(dialog, &PlanDialog::signInWanted, this,
            [this, dialog](const QString &registry) { openSignIn(dialog, registry); });
    connect(dialog, &PlanDialog::settingsWanted, this, &Plans::openSettingsAt);
    const auto planAnew = [this, dialog] { dialog->setAccess(m_connections.options()); };
    connect(&m_connections, &Connections::optionsChanged, dialog, planAnew);
    connect(&m_connections, &Connections::loginsChanged, dialog, planAnew);
    if (dialog->form().verb() == Verb::Import) { // the others work on what was let in already
        connect(&m_connections, &Connections::trustChanged, dialog, planAnew);
    }
    dialog->show();
    return dialog;
}

void Plans::signIn()
{
    openSignIn(&m_window, {});
}

// Not modal either: what works can be paused while somebody looks for a password.
void Plans::openSignIn(QWidget *parent, const QString &registry)
{
    QPointer<SignInDialog> &dialog = m_signIns[registry];
    if (dialog && dialog->isVisible()) {
        dialog->raise();
        dialog->activateWindow();
        return;
    }
    dialog = new SignInDialog(registry, m_connections.options(), m_workspace.workers(), m_dialogs, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_connections, &Connections::optionsChanged, dialog,
            [this, dialog = dialog.data()] { dialog->setOptions(m_connections.options()); });
    connect(dialog, &SignInDialog::loginServerAllowed, &m_connections, &Connections::allowLoginServer);
    connect(dialog, &SignInDialog::signedIn, this, [this](const QString &host) {
        m_connections.addRegistry(host);
        m_connections.tellLoginsChanged();
    });
    dialog->show();
}

void Plans::openSettings()
{
    settingsDialog().present();
}

void Plans::openSettingsAt(const SettingsPlace &place)
{
    switch (place.page) {
    case SettingsPlace::Page::Connection:
        settingsDialog().presentConnection();
        break;
    case SettingsPlace::Page::Registry:
        settingsDialog().presentRegistry(place.registry);
        break;
    case SettingsPlace::Page::Signatures:
        settingsDialog().presentSignatures();
        break;
    }
}

SettingsDialog &Plans::settingsDialog()
{
    if (!m_settingsDialog) {
        m_settingsDialog =
            std::make_unique<SettingsDialog>(m_settings, m_connections, m_workspace.workers(), m_dialogs);
        connect(m_settingsDialog.get(), &SettingsDialog::signInWanted, this,
                [this](const QString &registry) { openSignIn(m_settingsDialog.get(), registry); });
    }
    return *m_settingsDialog;
}

bool Plans::hasSettingsOpen() const
{
    return m_settingsDialog && m_settingsDialog->isVisible();
}

void Plans::closeSettings()
{
    if (m_settingsDialog) {
        m_settingsDialog->close();
    }
}

} // namespace layerpool
