// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolWriter.h"

#include "base/Text.h"
#include "pool/LinkPublisher.h"
#include "pool/PoolHints.h"
#include "pool/PoolLayout.h"

namespace layerpool {
namespace {

constexpr qint64 kCopyPiece = 1024 * 1024;

} // namespace

Result<std::unique_ptr<PoolWriter>> PoolWriter::begin(const Pool &pool)
{
    Result<PoolLock> lock = PoolLock::share(pool);
    if (!lock) {
        return lock.error();
    }
    std::unique_ptr<PoolWriter> writer(new PoolWriter(pool, *std::move(lock)));
    for (const char *directory : {layout::repositories, layout::partial, layout::sessions, layout::indexes}) {
        if (Status made = pool.files().makeDirectories(directory); !made) {
            return made.error();
        }
    }
    Result<std::unique_ptr<WriterSession>> session = WriterSession::open(pool);
    if (!session) {
        return session.error();
    }
    writer->m_session = *std::move(session);
    writer->m_shelf.emplace(writer->m_pool, *writer->m_session);
    return writer;
}

Result<std::unique_ptr<StagedBlob>> PoolWriter::stage(const Digest &digest, qint64 size,
                                                      const CancelToken &cancel)
{
    return StagedBlob::open(m_pool.files(), digest, size, cancel);
}

void PoolWriter::add(std::unique_ptr<StagedBlob> blob)
{
    const std::lock_guard lock(m_mutex);
    m_finished.push_back(std::move(blob));
}

Result<qint64> PoolWriter::addManifest(const Manifest &manifest)
{
    if (m_pool.blobSize(manifest.digest()) == manifest.size()) {
        return 0;
    }
    Result<std::unique_ptr<StagedBlob>> blob = stage(manifest.digest(), manifest.size(), {});
    if (!blob) {
        return blob.error();
    }
    if (Status restarted = (*blob)->restart(); !restarted) {
        return restarted.error();
    }
    if (Status written = (*blob)->append(manifest.bytes()); !written) {
        return written.error();
    }
    if (Status finished = (*blob)->finish(); !finished) {
        return finished.error();
    }
    add(*std::move(blob));
    return manifest.size();
}

void PoolWriter::rememberIndex(const Manifest &index)
{
    const std::lock_guard lock(m_mutex);
    m_indexes.push_back(index);
}

std::size_t PoolWriter::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_finished.size();
}

Result<PoolWriter::Adopted> PoolWriter::adopt(const Pool &source, const Digest &digest, qint64 size,
                                              const CancelToken &cancel)
{
    const QByteArray path = layout::blob(digest);
    if (m_pool.blobSize(digest) == size) {
        return Adopted::WasThere;
    }
    if (source.blobSize(digest) != size) {
        return Error{ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(digest.toString()),
                     Text::tr("it is missing, or has not the declared %1 bytes").arg(size),
                     hintWhereDamaged(source)};
    }
    if (m_canLink) {
        if (Status made = m_pool.files().makeDirectories(layout::blobDirectory(digest)); !made) {
            return made.error();
        }
        const Result<DurableDirectory::Linked> linked = m_pool.files().hardLink(source.files(), path, path);
        if (!linked) {
            return linked.error();
        }
        if (*linked == DurableDirectory::Linked::Now) {
            return Adopted::Linked;
        }
        m_canLink = *linked != DurableDirectory::Linked::NotPossible;
    }
    if (Status copied = copyFrom(source, digest, size, cancel); !copied) {
        return copied.error();
    }
    return Adopted::Copied;
}

Status PoolWriter::copyFrom(const Pool &source, const Digest &digest, qint64 size, const CancelToken &cancel)
{
    const QByteArray path = layout::blob(digest);
    const Result<UniqueFd> from = source.files().openFile(path);
    if (!from) {
        return from.error();
    }
    Result<std::unique_ptr<StagedBlob>> blob = stage(digest, size, cancel);
    if (!blob) {
        return blob.error();
    }
    if (Status restarted = (*blob)->restart(); !restarted) {
        return restarted;
    }
    QByteArray piece(kCopyPiece, Qt::Uninitialized);
    while (true) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const Result<qint64> count =
            readSome(from->get(), piece.data(), piece.size(), source.files().pathOf(path));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        if (Status written = (*blob)->append(QByteArrayView(piece.constData(), *count)); !written) {
            return written;
        }
    }
    if (Status finished = (*blob)->finish(); !finished) {
        return finished;
    }
    add(*std::move(blob));
    return {};
}

Status PoolWriter::commit(const std::vector<ImageLinks> &images)
{
    if (m_failure) {
        return *m_failure;
    }
    std::vector<std::unique_ptr<StagedBlob>> finished;
    {
        const std::lock_guard lock(m_mutex);
        finished.swap(m_finished);
    }
    Status published = publish(finished, images);
    if (!published) {
        m_failure = published.error();
        // After a failed sync nobody knows what of them is on the disk: they are fetched anew.
        for (const std::unique_ptr<StagedBlob> &blob : finished) {
            (void)m_pool.files().remove(blob->stagedName());
        }
        m_shelf->discard();
    }
    return published;
}

Status PoolWriter::publish(const std::vector<std::unique_ptr<StagedBlob>> &blobs,
                           const std::vector<ImageLinks> &images)
{
    const bool hasBlobs = !blobs.empty() || !m_shelf->empty();
    if (Status synced = hasBlobs ? m_pool.files().sync() : Status(); !synced) {
        return synced;
    }
    for (const std::unique_ptr<StagedBlob> &blob : blobs) {
        if (Status done = publishBlob(blob->stagedName(), blob->digest(), blob->received()); !done) {
            return done;
        }
    }
    for (const auto &[digest, bytes] : m_shelf->sizes()) {
        if (Status done = publishBlob(m_shelf->nameOf(digest), digest, bytes); !done) {
            return done;
        }
    }
    m_shelf->forget();
    std::vector<Manifest> indexes;
    {
        const std::lock_guard lock(m_mutex);
        indexes.swap(m_indexes);
    }
    return !hasBlobs && images.empty() && indexes.empty()
               ? Status()
               : LinkPublisher(m_pool, *m_session).publish(images, indexes);
}

Status PoolWriter::publishBlob(const QByteArray &stagedName, const Digest &digest, qint64 bytes)
{
    const DurableDirectory &files = m_pool.files();
    const QByteArray final = layout::blob(digest);
    if (Status made = files.makeDirectories(layout::blobDirectory(digest)); !made) {
        return made;
    }
    const Result<DurableDirectory::Published> published = files.publish(stagedName, final);
    if (!published) {
        return published.error();
    }
    if (*published == DurableDirectory::Published::Now) {
        return {};
    }
    // Somebody else's file is there: kept where it is as long as ours, replaced where it can't be the blob.
    if (files.fileSize(final) == bytes) {
        return files.remove(stagedName);
    }
    return files.replace(stagedName, final);
}

} // namespace layerpool
