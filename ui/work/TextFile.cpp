// SPDX-License-Identifier: Apache-2.0
#include "work/TextFile.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"

#include <QFile>
#include <QFileInfo>

namespace layerpool {

Status writeNewFile(const QString &path, const QString &text)
{
    const QFileInfo file(path);
    const Result<DurableDirectory> folder = DurableDirectory::open(file.absolutePath());
    if (!folder) {
        return folder.error();
    }
    Status written = folder->writeFile(QFile::encodeName(file.fileName()), text.toUtf8());
    if (!written && written.error().kind == ErrorKind::Conflict) {
        Error error = written.error();
        error.why = Text::tr("a file of that name is there");
        error.hint = Text::tr("Choose another name");
        return error;
    }
    return written;
}

} // namespace layerpool
