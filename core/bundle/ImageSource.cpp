// SPDX-License-Identifier: Apache-2.0
#include "bundle/ImageSource.h"

#include "base/Text.h"
#include "bundle/BundleReader.h"
#include "bundle/FilesSource.h"
#include "bundle/OciLayout.h"
#include "bundle/PoolFolderSource.h"
#include "bundle/SkopeoDirs.h"
#include "pool/PoolLayout.h"

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

bool isPoolFolder(const QString &path)
{
    return QFileInfo(QDir(path).filePath(QLatin1String(layout::root))).isDir();
}

// Of a tree, the first image tells: REGISTRY/NAME:TAG has a few parts.
bool isFolderOfOthers(QDir folder)
{
    constexpr int mostParts = 12;
    if (folder.exists(QLatin1String(ocilayout::markFile))) {
        return true;
    }
    for (int part = 0; part < mostParts; ++part) {
        if (folder.exists(QLatin1String(skopeodir::manifestFile)) &&
            folder.exists(QLatin1String(skopeodir::versionFile))) {
            return true;
        }
        const QStringList below = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
        if (below.isEmpty() || !folder.cd(below.first())) {
            return false;
        }
    }
    return false;
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

} // namespace

bool ImageSource::isOfOthers(const QString &path, const CancelToken &cancel)
{
    return QFileInfo(path).isDir() ? !isPoolFolder(path) && isFolderOfOthers(QDir(path))
                                   : isArchiveOfOthers(path, cancel);
}

Result<std::unique_ptr<ImageSource>>
ImageSource::open(const QString &path, const std::optional<ImageReference> &as, const CancelToken &cancel)
{
    const bool isFolder = QFileInfo(path).isDir();
    const bool isPool = isFolder && isPoolFolder(path);
    if (isFolder && !isPool) {
        return openFiles(SourceFiles::ofFolder(path, cancel), as, cancel);
    }
    if (!isFolder && isArchiveOfOthers(path, cancel)) {
        return openFiles(SourceFiles::ofTar(path, cancel), as, cancel);
    }
    if (as) {
        return hasNames(path);
    }
    return isPool ? asSource(PoolFolderSource::open(path, cancel))
                  : asSource(BundleReader::open(path, cancel));
}

} // namespace layerpool
