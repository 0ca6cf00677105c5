// SPDX-License-Identifier: Apache-2.0
#include "BundleCommands.h"

#include "Words.h"
#include "bundle/BundleVolumes.h"
#include "bundle/ImageSource.h"
#include "settings/Settings.h"
#include "work/Background.h"
#include "work/Places.h"

#include <QDir>

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
    connect(&m_workspace, &Workspace::poolFailed, this, [this] { m_waiting = {}; });
    connect(&m_workspace, &Workspace::poolReading, this, [this](const QString &path) {
        if (path != QDir(m_waiting.pool).absolutePath()) {
            m_waiting = {}; // another pool is wanted by now
        }
    });
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
                [this, shown = page.data(), absolute](BundleDialog::Deed deed) {
                    carryOut(*shown, absolute, deed);
                });
    }
    page->present();
}

// What is in the window then needs no page beside it. It is what the page has read.
void BundleCommands::carryOut(BundleDialog &page, const QString &path, BundleDialog::Deed deed)
{
    if (deed == BundleDialog::Deed::Import) {
        importFrom(path);
        return;
    }
    m_workspace.openBundle(page.facts()->index);
    page.close();
    if (deed != BundleDialog::Deed::Look) {
        m_plans.openForPool(deed == BundleDialog::Deed::Push ? Verb::Push : Verb::Verify);
    }
}

void BundleCommands::importFrom(const QString &source)
{
    if (m_workspace.isOpeningPool()) {
        m_waiting = {m_workspace.pathBeingRead(), [this, source] { importFrom(source); }};
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
        {source.isEmpty() ? tr("Choose the pool to import into, or an empty folder for a new one")
                          : tr("Choose the pool that takes its images, or an empty folder for a new one"),
         startFolder(m_settings, settings::poolsFolder, m_settings.value(settings::lastPool)),
         {}},
        [this, source](const QString &pool) {
            whenOpen(QDir(pool).absolutePath(), [this, source] { m_plans.openImport(source); });
        });
}

void BundleCommands::whenOpen(const QString &pool, std::function<void()> then)
{
    const bool isOpen =
        m_workspace.pool() && m_workspace.pool()->path() == pool && !m_workspace.isOpeningPool();
    if (isOpen) {
        then();
        return;
    }
    m_waiting = {pool, std::move(then)};
    m_workspace.openPool(pool, PoolOpening::MayCreate);
}

void BundleCommands::onPoolChanged()
{
    if (m_waiting.then && QDir(m_waiting.pool).absolutePath() == m_workspace.pool()->path()) {
        std::exchange(m_waiting, {}).then();
    }
}

void BundleCommands::giveUp(const QString &pool)
{
    if (QDir(m_waiting.pool).absolutePath() == pool) {
        m_waiting = {};
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
