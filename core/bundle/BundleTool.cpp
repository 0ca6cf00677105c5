// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleTool.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundlePath.h"
#include "bundle/BundleWriter.h"
#include "image/TagOrder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kToolPiece = 1024 * 1024;
const QString kPortable = QStringLiteral("layerpool-cli-portable");
const QString kAppImages = QStringLiteral("Layerpool*.AppImage");

QStringList toolFolders(const QString &programFolder)
{
    return {programFolder, QDir::cleanPath(programFolder + QStringLiteral("/../share/layerpool"))};
}

// The names of what may be taken, the best one last.
QStringList toolsIn(const QDir &folder)
{
    QStringList names = folder.entryList({kAppImages}, QDir::Files | QDir::Readable | QDir::CaseSensitive);
    names.removeIf([](const QString &name) { return !isToolName(QFile::encodeName(name)); });
    std::sort(names.begin(), names.end(), comesBefore);
    const QFileInfo portable(folder.filePath(kPortable));
    return portable.isFile() && portable.isReadable() ? names << kPortable : names;
}

Error noTool(const QString &programFolder)
{
    const QStringList folders = toolFolders(programFolder);
    return {ErrorKind::BadInput, Text::tr("There is no portable build of the program to put into the bundle"),
            Text::tr("neither %1 nor %2 lies in %3 or %4", "files, folders")
                .arg(kPortable, kAppImages, QDir::toNativeSeparators(folders.front()),
                     QDir::toNativeSeparators(folders.back())),
            Text::tr("Put one there, or pack without it")};
}

Error unreadableTool(const QFile &file)
{
    return {ErrorKind::Storage,
            Text::tr("Cannot read %1").arg(QDir::toNativeSeparators(file.fileName())),
            file.errorString(),
            {}};
}

} // namespace

QString findTool(const QString &programFolder)
{
    for (const QString &folder : toolFolders(programFolder)) {
        if (const QStringList names = toolsIn(QDir(folder)); !names.isEmpty()) {
            return QDir(folder).filePath(names.back());
        }
    }
    return {};
}

Result<ToolFile> readTool(const QString &programFolder, const CancelToken &cancel)
{
    const QString path = findTool(programFolder);
    if (path.isEmpty()) {
        return noTool(programFolder);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return unreadableTool(file);
    }
    Digester digester;
    QByteArray piece(kToolPiece, Qt::Uninitialized);
    ToolFile found{path, {QFile::encodeName(QFileInfo(path).fileName()), 0, {}}};
    while (!cancel.isCancelled()) {
        const qint64 count = file.read(piece.data(), piece.size());
        if (count < 0) {
            return unreadableTool(file);
        }
        if (count == 0) {
            found.tool.digest = digester.finish();
            return found;
        }
        digester.add(QByteArrayView(piece).first(count));
        found.tool.bytes += count;
    }
    return cancelledError();
}

Status addTool(const ToolFile &file, BundleWriter &writer, const CancelToken &cancel,
               const std::function<void(qint64)> &moved)
{
    QFile from(file.path);
    if (!from.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return unreadableTool(from);
    }
    const Status added = writer.addProgram(bundleToolFolder + file.tool.name,
                                           {{}, file.tool.digest, file.tool.bytes}, from, cancel, moved);
    if (!added && added.error().kind == ErrorKind::Corrupt) {
        return Error{ErrorKind::Conflict,
                     Text::tr("%1 has changed while it was packed").arg(QDir::toNativeSeparators(file.path)),
                     Text::tr("the bundle's index lists other bytes of it"),
                     Text::tr("Make the bundle again")};
    }
    return added;
}

} // namespace layerpool
