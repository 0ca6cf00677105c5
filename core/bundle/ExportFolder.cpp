// SPDX-License-Identifier: Apache-2.0
#include "bundle/ExportFolder.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <cerrno>
#include <sys/file.h>

namespace layerpool {
namespace {

constexpr qsizetype kExportPiece = 1024 * 1024;

Error badBlob(const Descriptor &blob)
{
    return {ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(blob.digest.toString()),
            Text::tr("it is missing, or not what its digest says"),
            Text::tr("Run verify, and convert its images again")};
}

// A lock that the file system knows nothing of is none that can be missed.
Status lockFolder(const UniqueFd &folder, const QString &path)
{
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return Error{ErrorKind::Conflict, Text::tr("Cannot export into %1").arg(path),
                     Text::tr("another export is at work there"), Text::tr("Wait for its end")};
    }
    return {};
}

} // namespace

Result<ExportFolder> ExportFolder::open(const QString &path)
{
    Result<DurableDirectory> folder = DurableDirectory::create(path);
    if (!folder) {
        return folder.error();
    }
    Result<UniqueFd> lock = folder->openDirectory({});
    if (!lock) {
        return lock.error();
    }
    if (Status locked = lockFolder(*lock, folder->path()); !locked) {
        return locked.error();
    }
    if (Status removed = folder->removeTree(stagingFolder); !removed) {
        return removed.error();
    }
    if (Status made = folder->makeDirectories(stagingFolder); !made) {
        return made.error();
    }
    return ExportFolder(*std::move(folder), *std::move(lock));
}

ExportFolder::~ExportFolder()
{
    if (m_lock) {
        (void)m_folder.removeTree(stagingFolder);
    }
}

QByteArray ExportFolder::nextStaged()
{
    return QByteArray(stagingFolder) + '/' + QByteArray::number(m_count++);
}

Status ExportFolder::makeParents(const QByteArray &file) const
{
    return file.contains('/') ? m_folder.makeDirectories(layout::parentOf(file)) : Status();
}

Result<ExportFolder::Taken> ExportFolder::take(const Pool &pool, const Descriptor &blob,
                                               const QByteArray &file, const CancelToken &cancel)
{
    if (m_folder.fileSize(file) == blob.size) {
        return Taken::WasThere;
    }
    if (pool.blobSize(blob.digest) != blob.size) {
        return badBlob(blob);
    }
    if (Status made = makeParents(file); !made) {
        return made.error();
    }
    const QByteArray staged = nextStaged();
    const Result<bool> linked =
        m_canLink ? link(pool.files(), layout::blob(blob.digest), staged) : Result<bool>(false);
    if (!linked) {
        return linked.error();
    }
    m_canLink = *linked;
    if (*linked) { // its bytes are on the disk already
        const Status named = m_folder.replace(staged, file);
        return named ? Result<Taken>(Taken::Linked) : named.error();
    }
    const auto first = m_copies.find(blob.digest);
    const Result<bool> shared =
        first != m_copies.end() ? link(m_folder, first->second, staged) : Result<bool>(false);
    if (!shared) {
        return shared.error();
    }
    if (Status copied = *shared ? Status() : copy(pool, blob, staged, cancel); !copied) {
        return copied.error();
    }
    m_copies.emplace(blob.digest, staged);
    m_waiting.push_back({staged, file, blob.digest});
    return *shared ? Taken::Linked : Taken::Copied;
}

Result<bool> ExportFolder::link(const DurableDirectory &from, const QByteArray &name,
                                const QByteArray &staged)
{
    const Result<DurableDirectory::Linked> linked = m_folder.hardLink(from, name, staged);
    return linked ? Result<bool>(*linked == DurableDirectory::Linked::Now) : linked.error();
}

Status ExportFolder::copy(const Pool &pool, const Descriptor &blob, const QByteArray &staged,
                          const CancelToken &cancel) const
{
    const QByteArray original = layout::blob(blob.digest);
    const Result<UniqueFd> from = pool.files().openFile(original);
    if (!from) {
        return from.error();
    }
    Result<UniqueFd> to = m_folder.createFile(staged);
    if (!to) {
        return to.error();
    }
    Digester digester(blob.digest.algorithm());
    QByteArray piece(kExportPiece, Qt::Uninitialized);
    while (true) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const Result<qint64> count =
            readSome(from->get(), piece.data(), piece.size(), pool.files().pathOf(original));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        const QByteArrayView bytes(piece.constData(), static_cast<qsizetype>(*count));
        digester.add(bytes);
        if (Status written = writeAll(to->get(), bytes, m_folder.pathOf(staged)); !written) {
            return written;
        }
    }
    if (::close(to->release()) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(m_folder.pathOf(staged)), errno);
    }
    return digester.finish() == blob.digest ? Status() : badBlob(blob);
}

Status ExportFolder::write(const QByteArray &file, QByteArrayView bytes)
{
    if (Status made = makeParents(file); !made) {
        return made;
    }
    const QByteArray staged = nextStaged();
    m_waiting.push_back({staged, file});
    return m_folder.writeFile(staged, bytes);
}

Status ExportFolder::publish()
{
    if (Status synced = m_folder.sync(); !synced) {
        return synced;
    }
    for (const Waiting &waiting : m_waiting) {
        if (Status named = m_folder.replace(waiting.staged, waiting.file); !named) {
            return named;
        }
        if (const auto copied = m_copies.find(waiting.copy);
            copied != m_copies.end() && copied->second == waiting.staged) {
            copied->second = waiting.file;
        }
    }
    m_waiting.clear();
    return m_folder.sync();
}

} // namespace layerpool
