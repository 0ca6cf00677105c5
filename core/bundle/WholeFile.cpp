// SPDX-License-Identifier: Apache-2.0
#include "bundle/WholeFile.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"

#include <QFile>
#include <QFileInfo>

namespace layerpool {

Status writeWhole(const QString &path, QByteArrayView bytes, bool replaces)
{
    const QFileInfo file(path);
    const Result<DurableDirectory> folder = DurableDirectory::create(file.absolutePath());
    if (!folder) {
        return folder.error();
    }
    const QByteArray name = QFile::encodeName(file.fileName());
    const QByteArray temporary = '.' + name + ".part";
    (void)folder->remove(temporary); // of a run that was cut short
    if (Status written = folder->writeFile(temporary, bytes); !written) {
        return written;
    }
    if (Status synced = folder->sync(); !synced) {
        return synced;
    }
    if (replaces) {
        return folder->replace(temporary, name);
    }
    const auto published = folder->publish(temporary, name);
    if (published && *published == DurableDirectory::Published::Now) {
        return {};
    }
    (void)folder->remove(temporary);
    return published ? nameTaken(path) : published.error();
}

Error nameTaken(const QString &path)
{
    return {ErrorKind::Conflict,
            Text::tr("%1 exists").arg(path),
            Text::tr("nothing is overwritten without being asked"),
            Text::tr("Choose another name, or allow it to be replaced"),
            {},
            {},
            {QStringLiteral("--force")}};
}

} // namespace layerpool
