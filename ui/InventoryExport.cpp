// SPDX-License-Identifier: Apache-2.0
#include "InventoryExport.h"

#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"
#include "dialogs/NewFile.h"
#include "work/Background.h"
#include "work/Places.h"
#include "work/Workspace.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {
namespace {

// As what lies beside a bundle is named.
QString bareNameOf(const QString &poolOrBundle)
{
    const std::optional<VolumeName> volume = VolumeName::parse(poolOrBundle);
    return QFileInfo(withoutEnding(volume ? volume->bundle : poolOrBundle)).fileName();
}

} // namespace

InventoryExport::InventoryExport(Workspace &workspace, Dialogs &dialogs, Settings &settings, QWidget &window)
    : m_workspace(workspace), m_dialogs(dialogs), m_settings(settings), m_window(window)
{
}

void InventoryExport::run()
{
    const Index asked = m_workspace.pool();
    const QString name = bareNameOf(asked->path());
    const QDir folder(startFolder(m_settings, settings::bundlesFolder));
    askForFileToReplace(
        m_dialogs, m_workspace.workers(), &m_window,
        {{tr("Write the inventory of %1", "a pool or bundle").arg(name),
          folder.filePath(name + QStringLiteral(".inventory.json")),
          tr("Inventories (*.json);;All files (*)")},
         {QStringLiteral(".json")}},
        [this, asked](const QString &path, bool isThere) { write(newest(asked), path, isThere); });
}

InventoryExport::Index InventoryExport::newest(const Index &asked) const
{
    const Index open = m_workspace.pool();
    return open && open->path() == asked->path() ? open : asked;
}

void InventoryExport::write(const Index &index, const QString &path, bool replaces)
{
    runInBackground(
        m_workspace.workers(), this,
        [index, path, replaces]() -> Result<QString> {
            const BundleContent content = contentOf(Selection::ofAll(*index));
            const Status written = writeInventory(path, content, replaces);
            return written ? Result<QString>(describe(content)) : Result<QString>(written.error());
        },
        [this, path](const Result<QString> &counts) {
            if (counts) {
                Q_EMIT told(tr("%1 is written: %2.", "a file, what it lists")
                                .arg(QDir::toNativeSeparators(path), *counts));
            } else {
                Q_EMIT failed(counts.error());
            }
        });
}

} // namespace layerpool
