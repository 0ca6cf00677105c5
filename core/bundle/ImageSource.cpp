// SPDX-License-Identifier: Apache-2.0
#include "bundle/ImageSource.h"

#include "base/Text.h"
#include "bundle/BundleReader.h"
#include "bundle/DockerArchive.h"
#include "bundle/FilesSource.h"
#include "bundle/FolderSources.h"
#include "bundle/OciLayout.h"
#include "bundle/PoolFolderSource.h"
#include "bundle/SkopeoDirs.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

using OpenedSource = Result<std::unique_ptr<ImageSource>>;

template <typename Source>
OpenedSource asSource(Result<std::unique_ptr<Source>> source)
{
    return source ? OpenedSource(*std::move(source)) : source.error();
}

bool beginsWithDigits(const QByteArray &name)
{
    constexpr qsizetype count = 64; // of a sha256
    const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() >= count && std::all_of(name.begin(), name.begin() + count, isDigit);
}

// The names with which the archives of others begin; a bundle begins with none of them.
bool isOfArchive(const QByteArray &name)
{
    static const std::array<QByteArray, 6> known{"blobs",         "oci-layout",   "index.json",
                                                 "manifest.json", "repositories", "version"};
    const QByteArray first = name.first(name.indexOf('/') < 0 ? name.size() : name.indexOf('/'));
    return std::find(known.begin(), known.end(), first) != known.end() || first.startsWith("sha256:") ||
           beginsWithDigits(first);
}

// What can't be read is left to the bundle's own reader: it says why.
bool isArchiveOfOthers(const QString &path, const CancelToken &cancel)
{
    const Result<std::unique_ptr<BundleEntries>> entries = BundleEntries::open(path, cancel, TarLinks::Told);
    while (entries) {
        const Result<std::optional<BundleEntry>> entry = (*entries)->next();
        if (!entry || !*entry) {
            break;
        }
        const QByteArray &name = (*entry)->name;
        if (name != ".") {
            return isOfArchive(name.startsWith("./") ? name.sliced(2) : name);
        }
    }
    return false;
}

// Layers in a folder of Docker's are named as archives are.
QStringList passedOverIn(const QDir &folder)
{
    const bool isPool = isPoolFolder(folder);
    const bool isLayout = folder.exists(QLatin1String(ocilayout::markFile));
    if (!isPool && !isLayout && folder.exists(QLatin1String(dockerarchive::listFile)) &&
        !folder.exists(QLatin1String(skopeodir::versionFile))) {
        return {};
    }
    QStringList names = sourcesIn(folder);
    if (isPool || isLayout) {
        names += skopeoTreesIn(folder);
    }
    if (isPool && isLayout) {
        names.prepend(QLatin1String(ocilayout::markFile));
    }
    return names.isEmpty() ? names
                           : QStringList{Text::tr("%1 also holds what stays behind: %2", "a folder, names")
                                             .arg(folder.path(), namesOfSources(names))};
}

Error hasNames(const QString &path)
{
    return {ErrorKind::BadInput, Text::tr("The images of %1 can't be called otherwise").arg(path),
            Text::tr("it is a pool or a bundle, and names them itself"),
            Text::tr("Take them in by their names")};
}

OpenedSource openFiles(Result<std::unique_ptr<SourceFiles>> files, const std::optional<ImageReference> &as,
                       const CancelToken &cancel)
{
    return files ? OpenedSource(std::make_unique<FilesSource>(*std::move(files), as, cancel)) : files.error();
}

OpenedSource openSourceFolder(const QString &path, const std::optional<ImageReference> &as,
                              const CancelToken &cancel)
{
    if (!isPoolFolder(path)) {
        return openFiles(SourceFiles::ofFolder(path, cancel), as, cancel);
    }
    return as ? hasNames(path) : asSource(PoolFolderSource::open(path, cancel));
}

OpenedSource openSourceFile(const QString &path, const std::optional<ImageReference> &as,
                            const CancelToken &cancel)
{
    if (isArchiveOfOthers(path, cancel)) {
        return openFiles(SourceFiles::ofTar(path, cancel), as, cancel);
    }
    return as ? hasNames(path) : asSource(BundleReader::open(path, cancel));
}

} // namespace

bool ImageSource::isOfOthers(const QString &path, const CancelToken &cancel)
{
    return QFileInfo(path).isDir() ? !isPoolFolder(path) && isFolderOfOthers(path)
                                   : isArchiveOfOthers(path, cancel);
}

Result<std::unique_ptr<ImageSource>>
ImageSource::open(const QString &path, const std::optional<ImageReference> &as, const CancelToken &cancel)
{
    if (!QFileInfo(path).isDir()) {
        return openSourceFile(path, as, cancel);
    }
    OpenedSource source = openSourceFolder(path, as, cancel);
    if (source) {
        (*source)->m_passedOver = passedOverIn(path);
    }
    return source;
}

} // namespace layerpool
