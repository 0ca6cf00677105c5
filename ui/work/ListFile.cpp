// SPDX-License-Identifier: Apache-2.0
#include "work/ListFile.h"

#include "base/ReplaceFile.h"

#include <QFile>
#include <QFileInfo>

namespace layerpool {
namespace {

// Of a file that is gone, or can't be read, nothing would be lost.
bool isOccupied(const ListFile &known, const QString &path)
{
    QFile there(path);
    return path != known.path ? there.exists()
                              : there.open(QIODevice::ReadOnly) && there.readAll() != known.text.toBytes();
}

} // namespace

Result<ListFile> ListFile::read(const QString &path)
{
    const Result<ListText> text = ListText::read(path);
    if (!text) {
        return text.error();
    }
    const QFileInfo info(path);
    return ListFile{info.absoluteFilePath(), info.canonicalFilePath(), *text};
}

ListSaving saveList(const ListFile &known, const QString &path, const ListText &text, Overwriting overwriting)
{
    ListSaving saving;
    if (overwriting == Overwriting::OnlyWhatIsKnown && isOccupied(known, path)) {
        saving.outcome = ListSaving::Outcome::Occupied;
        return saving;
    }
    if (const Status written = replaceFile(path, text.toBytes()); !written) {
        saving.outcome = ListSaving::Outcome::Failed;
        saving.error = written.error();
        return saving;
    }
    saving.file = {path, QFileInfo(path).canonicalFilePath(), text};
    return saving;
}

} // namespace layerpool
