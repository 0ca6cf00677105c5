// SPDX-License-Identifier: Apache-2.0
#include "task/InventoryFile.h"

#include "base/OutputFiles.h"
#include "base/Text.h"
#include "bundle/Inventory.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {

std::optional<Error> InventoryFile::blocker() const
{
    const QFileInfo file(path);
    const QString name = QDir::toNativeSeparators(path);
    if (file.isDir()) {
        return Error{ErrorKind::Conflict, Text::tr("Cannot write %1").arg(name), Text::tr("it is a folder"),
                     Text::tr("Choose another name")};
    }
    if (!replaces && file.exists()) {
        return nameTaken(path);
    }
    const QFileInfo folder(existingPart(file.absolutePath()));
    if (!folder.isDir() || !folder.isWritable()) {
        const QString where = QDir::toNativeSeparators(folder.filePath());
        return Error{ErrorKind::Storage, Text::tr("Cannot write %1").arg(name),
                     folder.isDir() ? Text::tr("the folder %1 may not be written").arg(where)
                                    : Text::tr("%1 is no folder").arg(where),
                     Text::tr("Choose another folder")};
    }
    return std::nullopt;
}

Status InventoryFile::write(const BundleContent &content, TaskResult &result) const
{
    if (Status written = writeInventory(path, content, replaces); !written) {
        return written;
    }
    result.bytesWritten = QFileInfo(path).size();
    result.listed = Listed{static_cast<qint64>(content.repositories.size()),
                           static_cast<qint64>(content.blobs.size()), content.blobBytes};
    result.summary << QStringLiteral("%1: %2").arg(QDir::toNativeSeparators(path), describe(content));
    return {};
}

void tellAbsent(const QString &line, const QString &sentence, const TaskContext &context, TaskResult &result)
{
    context.report({TaskEvent::Kind::ImageAbsent, line, {}});
    result.notes << sentence;
}

} // namespace layerpool
