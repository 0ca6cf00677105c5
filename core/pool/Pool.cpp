// SPDX-License-Identifier: Apache-2.0
#include "pool/Pool.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "pool/PoolContents.h"
#include "pool/PoolLayout.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace layerpool {
namespace {

constexpr qint64 kLongestLink = 7 + 128; // sha512: and its hex digits

QStringList entriesOf(const QString &path)
{
    return QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

// Whether a folder is empty, or holds no more than the beginning of a pool whose making was cut off, or the
// end of one whose taking back was.
bool isNoPoolYet(const QString &path)
{
    if (entriesOf(path) == QStringList{QLatin1String(layout::own)}) {
        return QFileInfo(QDir(path).filePath(QLatin1String(layout::own))).isDir();
    }
    QString folder = path;
    for (const QString &next : {QStringLiteral("docker"), QStringLiteral("registry")}) {
        if (entriesOf(folder) != QStringList{next}) {
            break;
        }
        folder += QLatin1Char('/') + next;
    }
    return QFileInfo(folder).isDir() && entriesOf(folder).isEmpty();
}

// A registry answers 500 to a link that is empty or cut short: such a one is none.
qint64 linkSize(const Digest &digest)
{
    return digest.toByteArray().size();
}

Error noPool(ErrorKind kind, const QString &path, const QString &why, const QString &hint)
{
    return {kind, Text::tr("%1 is no pool").arg(path), why, hint};
}

} // namespace

bool Pool::wouldCreate(const QString &path)
{
    const QFileInfo info(path);
    return !info.exists() || isNoPoolYet(path);
}

Result<Pool> Pool::open(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return noPool(ErrorKind::NotFound, path, Text::tr("there is no such folder"),
                      Text::tr("Check the path, or convert a list into it first"));
    }
    if (!info.isDir()) {
        return noPool(ErrorKind::BadInput, path, Text::tr("it is a file, and a pool is a folder"), {});
    }
    Result<DurableDirectory> files = DurableDirectory::open(path);
    if (!files) {
        return files.error();
    }
    if (!files->isDirectory(layout::root)) {
        return noPool(ErrorKind::BadInput, path, Text::tr("it has no docker/registry/v2 inside"),
                      Text::tr("Choose the folder that holds “docker”, or convert a list into an empty one"));
    }
    return Pool(*std::move(files));
}

Result<Pool> Pool::openOrCreate(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir()) {
        return noPool(ErrorKind::Storage, path, Text::tr("it is a file, and a pool is a folder"),
                      Text::tr("Choose another path"));
    }
    if (!wouldCreate(path)) {
        Result<Pool> opened = open(path);
        if (!opened && opened.error().kind == ErrorKind::BadInput) {
            return noPool(ErrorKind::Conflict, path, Text::tr("the folder holds something else"),
                          Text::tr("Choose an empty folder, or a new one"));
        }
        return opened;
    }
    Result<DurableDirectory> files = DurableDirectory::create(path);
    if (!files) {
        return files.error();
    }
    if (Status made = files->makeDirectories(layout::repositories); !made) {
        return made.error();
    }
    return Pool(*std::move(files));
}

Pool::Pool(std::shared_ptr<const PoolContents> contents)
    : m_path(contents->path()), m_contents(std::move(contents))
{
}

QStringList Pool::notes() const
{
    return m_contents ? m_contents->notes() : QStringList();
}

std::optional<qint64> Pool::blobSize(const Digest &digest) const
{
    if (m_contents) {
        return m_contents->blobSize(digest);
    }
    return m_files->fileSize(layout::blob(digest));
}

bool Pool::has(const Descriptor &blob) const
{
    const std::optional<qint64> size = blobSize(blob.digest);
    return size && blob.fits(*size);
}

Result<QByteArray> Pool::readBlob(const Digest &digest, qint64 limit) const
{
    if (!m_contents) {
        return m_files->readFile(layout::blob(digest), limit);
    }
    const Result<std::unique_ptr<QIODevice>> blob = m_contents->openBlob(digest);
    if (!blob) {
        return blob.error();
    }
    const qint64 size = (*blob)->size();
    QByteArray bytes = size <= limit ? (*blob)->readAll() : QByteArray();
    if (bytes.size() != size) {
        return Error{size > limit ? ErrorKind::Corrupt : ErrorKind::Storage,
                     Text::tr("Cannot read %1").arg(blobPath(digest)),
                     size > limit ? Text::tr("it is too large") : (*blob)->errorString(),
                     {}};
    }
    // Of a bundle the names may be signed; its bytes are what their digests say, or nobody's.
    const Digest found = Digester::of(bytes, digest.algorithm());
    if (found != digest) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The blob %1 is damaged").arg(digest.toString()),
                     Text::tr("its bytes have the digest %1").arg(found.toString()),
                     {}};
    }
    return bytes;
}

Result<std::unique_ptr<QIODevice>> Pool::openBlob(const Digest &digest) const
{
    if (m_contents) {
        return m_contents->openBlob(digest);
    }
    Result<UniqueFd> fd = m_files->openFile(layout::blob(digest));
    if (!fd) {
        return fd.error();
    }
    auto file = std::make_unique<QFile>();
    if (!file->open(fd->release(), QIODevice::ReadOnly | QIODevice::Unbuffered,
                    QFileDevice::AutoCloseHandle)) {
        return Error{
            ErrorKind::Storage, Text::tr("Cannot read %1").arg(blobPath(digest)), file->errorString(), {}};
    }
    return std::unique_ptr<QIODevice>(std::move(file));
}

QString Pool::blobPath(const Digest &digest) const
{
    return m_contents ? Text::tr("%1 in %2", "a digest, a bundle").arg(digest.toString(), m_path)
                      : m_files->pathOf(layout::blob(digest));
}

Result<Manifest> Pool::manifest(const Digest &digest) const
{
    return manifestIn(readBlob(digest, Manifest::maxBytes), digest);
}

Result<Manifest> Pool::seenIndex(const Digest &digest) const
{
    if (m_contents) { // a bundle has what its images need, and no memory of where they came from
        return Error{ErrorKind::NotFound, {}, {}, {}};
    }
    return manifestIn(m_files->readFile(layout::seenIndex(digest), Manifest::maxBytes), digest);
}

Result<Manifest> Pool::manifestIn(Result<QByteArray> bytes, const Digest &digest)
{
    if (!bytes) {
        return bytes.error();
    }
    Result<Manifest> manifest = Manifest::parse(*std::move(bytes), {}, digest.algorithm());
    if (manifest && manifest->digest() != digest) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The manifest %1 is damaged").arg(digest.toString()),
                     Text::tr("its bytes have the digest %1").arg(manifest->digest().toString()),
                     {}};
    }
    return manifest;
}

Result<Digest> Pool::readLink(const DurableDirectory &folder, const QByteArray &file)
{
    const Result<QByteArray> text = folder.readFile(file, kLongestLink);
    if (!text) {
        return text.error();
    }
    const std::optional<Digest> digest = Digest::parse(QByteArrayView(*text));
    if (!digest) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The link %1 is damaged").arg(folder.pathOf(file)),
                     Text::tr("it holds no digest"),
                     {}};
    }
    return *digest;
}

Result<std::optional<Digest>> Pool::tagDigest(const RepositoryName &name, const QString &tag) const
{
    if (m_contents) {
        return m_contents->tagDigest(name, tag);
    }
    const Result<Digest> digest = readLink(layout::tag(name, tag) + '/' + layout::tagCurrentLink);
    if (digest) {
        return std::optional(*digest);
    }
    if (digest.error().kind == ErrorKind::NotFound) {
        return std::optional<Digest>();
    }
    return digest.error();
}

bool Pool::hasRevision(const RepositoryName &name, const Digest &digest) const
{
    return m_contents ? m_contents->hasRevision(name, digest)
                      : m_files->fileSize(layout::revisionLink(name, digest)) == linkSize(digest);
}

bool Pool::hasLayerLink(const RepositoryName &name, const Digest &digest) const
{
    return m_contents ? m_contents->hasLayerLink(name, digest)
                      : m_files->fileSize(layout::layerLink(name, digest)) == linkSize(digest);
}

} // namespace layerpool
