// SPDX-License-Identifier: Apache-2.0
#include "BundleCommands.h"

#include "Words.h"
#include "bundle/BundleVolumes.h"
#include "bundle/ImageSource.h"
#include "settings/Settings.h"
#include "work/Background.h"
#include "work/Places.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace layerpool {

BundleCommands::BundleCommands(Session &session, Dialogs &dialogs, Plans &plans, QWidget &window)
    : m_workspace(session.workspace)
    , m_settings(session.settings)
    , m_dialogs(dialogs)
    , m_plans(plans)
    , m_window(window)
{
    connect(&m_workspace, &Workspace::poolChanged, this, &BundleCommands::onPoolChanged);
    connect(&m_workspace, &Workspace::poolFailed, this, &BundleCommands::onPoolFailed);
}

void BundleCommands::open()
{
    m_dialogs.openFiles(
        &m_window, {tr("Open a bundle"), startFolder(m_settings, settings::bundlesFolder), bundleFilter()},
        [this](const QStringList &files) { take(files); });
}

// All volumes of a bundle may have been chosen.
void BundleCommands::take(const QStringList &files)
{
    const QString &first = files.first();
    const auto isOfFirst = [&](const QString &file) { return bundleNamedBy(file) == bundleNamedBy(first); };
    if (!std::all_of(files.begin(), files.end(), isOfFirst)) {
        Q_EMIT told(
            tr("One bundle is opened at a time: %1 is the first.").arg(QDir::toNativeSeparators(first)));
    }
    runInBackground(
        m_workspace.poolReaders(), this, [first] { return ImageSource::isOfOthers(first); },
        [this, first](bool isOfOthers) {
            if (isOfOthers) {
                importFrom(first);
            } else {
                show(first);
            }
        });
}

void BundleCommands::show(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    QPointer<BundleDialog> &page = m_pages[bundleNamedBy(absolute)];
    if (!page || !page->isVisible()) {
        page = new BundleDialog(absolute, m_workspace, &m_window);
        page->setAttribute(Qt::WA_DeleteOnClose);
        connect(page, &BundleDialog::wanted, this,
                [this, shown = page.data()](BundleDialog::Deed deed) { carryOut(*shown, deed); });
    }
    page->present();
}

// With what the page has read. What is in the window then needs no page beside it.
void BundleCommands::carryOut(BundleDialog &page, BundleDialog::Deed deed)
{
    const std::shared_ptr<const PoolIndex> bundle = page.facts()->index;
    switch (deed) {
    case BundleDialog::Deed::Import:
        importFrom(bundle->path());
        break;
    case BundleDialog::Deed::Push:
        m_plans.openForBundle(Verb::Push, bundle);
        break;
    case BundleDialog::Deed::Check:
        m_plans.openForBundle(Verb::Verify, bundle);
        break;
    case BundleDialog::Deed::Look:
        m_workspace.openBundle(bundle);
        page.close();
        break;
    }
}

void BundleCommands::importFrom(const QString &source)
{
    if (m_workspace.isOpeningPool()) {
        m_waiting = Waiting{source, {}};
    } else if (m_workspace.pool() && !m_workspace.poolIsReadOnly()) {
        m_plans.openImport(source);
    } else {
        askForPool(source);
    }
}

void BundleCommands::askForPool(const QString &source)
{
    m_dialogs.openFolder(
        &m_window,
        {source.isEmpty()
             ? tr("Choose the pool to import into, or an empty folder for a new one")
             : tr("Choose the pool that takes the images of %1, or an empty folder for a new one", "a file")
                   .arg(QFileInfo(bundleNamedBy(source)).fileName()),
         startFolder(m_settings, settings::poolsFolder, m_settings.value(settings::lastPool)),
         {}},
        [this, source](const QString &pool) { importInto(QDir(pool).absolutePath(), source); });
}

void BundleCommands::importInto(const QString &pool, const QString &source)
{
    const bool isOpen =
        m_workspace.pool() && m_workspace.pool()->path() == pool && !m_workspace.isOpeningPool();
    if (isOpen) {
        m_plans.openImport(source);
        return;
    }
    m_waiting = Waiting{source, pool};
    m_workspace.openPool(pool, PoolOpening::MayCreate);
}

// Whatever is open by now: another pool may have been wanted meanwhile.
void BundleCommands::onPoolChanged()
{
    if (!m_waiting || m_workspace.isOpeningPool()) {
        return;
    }
    const Waiting waiting = *std::exchange(m_waiting, std::nullopt);
    if (waiting.pool == m_workspace.pool()->path()) {
        m_plans.openImport(waiting.source); // a plan says best why it can't take anything
    } else {
        importFrom(waiting.source);
    }
}

// One that was chosen for it: the window says what is wrong with it, and that is the answer.
void BundleCommands::onPoolFailed()
{
    const std::optional<Waiting> waiting = std::exchange(m_waiting, std::nullopt);
    if (waiting && waiting->pool != m_workspace.pathBeingRead()) {
        importFrom(waiting->source);
    }
}

void BundleCommands::onPoolNotMade()
{
    if (const std::optional<Waiting> waiting = std::exchange(m_waiting, std::nullopt)) {
        importFrom(waiting->source);
    }
}

void BundleCommands::closePages()
{
    for (const QPointer<BundleDialog> &page : std::as_const(m_pages)) {
        if (page) {
            page->close();
        }
    }
}

} // namespace layerpool
