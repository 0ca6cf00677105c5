// SPDX-License-Identifier: Apache-2.0
#include "TickExport.h"

#include "Words.h"
#include "dialogs/NewFile.h"
#include "settings/Settings.h"
#include "work/Background.h"
#include "work/Places.h"
#include "work/Workspace.h"

#include <QDir>

namespace layerpool {

TickExport::TickExport(Workspace &workspace, Dialogs &dialogs, Settings &settings, QWidget &window)
    : m_workspace(workspace), m_dialogs(dialogs), m_settings(settings), m_window(window)
{
}

void TickExport::run()
{
    const QDir folder(startFolderOfLists(m_settings));
    askForNewFile(
        m_dialogs, m_workspace.workers(), &m_window,
        {{tr("Export the ticked images as a list"), folder.filePath(tr("images.txt", "a file's name")),
          tr("Lists (*.txt *.list);;All files (*)")},
         {QStringLiteral(".txt"), QStringLiteral(".list")}},
        [this](const QString &path, bool isThere) { onChosen(path, isThere); });
}

// What is ticked by now: the window is not held while somebody looks for a file.
void TickExport::onChosen(const QString &path, bool isThere)
{
    QStringList images;
    for (const PoolTag &tag : m_workspace.pool() ? tagsIn(*m_workspace.pool(), m_workspace.ticks().tags())
                                                 : std::vector<PoolTag>()) {
        images << tag.toString();
    }
    if (!isThere) {
        write(path, images, ExportInto::NewFile);
        return;
    }
    m_dialogs.choose(&m_window,
                     {tr("The file is there already"),
                      tr("%1 is there already. Add the images to its end, or replace all that it holds?")
                          .arg(QDir::toNativeSeparators(path)),
                      {tr("&Add", "to the end of a file"), tr("&Replace", "what a file holds")}},
                     [this, path, images](int choice) {
                         write(path, images, choice == 0 ? ExportInto::EndOfFile : ExportInto::NewFile);
                     });
}

void TickExport::write(const QString &path, const QStringList &images, ExportInto into)
{
    runInBackground(
        m_workspace.workers(), this, [path, images, into] { return exportList(path, images, into); },
        [this, path](const Result<int> &written) {
            if (written) {
                Q_EMIT told(
                    tr("%n image(s) written to %1.", nullptr, *written).arg(QDir::toNativeSeparators(path)));
            } else {
                Q_EMIT failed(written.error());
            }
        });
}

} // namespace layerpool
