// SPDX-License-Identifier: Apache-2.0
#include "bundle/PoolFolderSource.h"

#include "bundle/BundleRefusal.h"
#include "bundle/FileBytes.h"
#include "bundle/SelectionContent.h"
#include "pool/PoolLayout.h"

namespace layerpool {

Result<std::unique_ptr<PoolFolderSource>> PoolFolderSource::open(const QString &path,
                                                                 const CancelToken &cancel)
{
    Result<Pool> pool = Pool::open(path);
    if (!pool) {
        return pool.error();
    }
    Result<PoolLock> lock = PoolLock::shareForReading(*pool);
    if (!lock) {
        return lock.error();
    }
    return std::unique_ptr<PoolFolderSource>(
        new PoolFolderSource(*std::move(pool), *std::move(lock), cancel));
}

Result<BundleContent> PoolFolderSource::read(const OnBlob &onBlob)
{
    const Result<PoolIndex::Ptr> index = PoolIndex::read(m_pool, m_cancel);
    if (!index) {
        return index.error();
    }
    const Selection selection = Selection::ofAll(**index);
    if (!selection.absent.empty()) {
        return refusedBundle(m_pool.path(), selection.absent.front().error.sentence());
    }
    m_totalBytes = selection.storedBytes;
    qint64 passed = 0;
    for (const Descriptor &blob : selection.blobs) {
        if (Status handed = handOver(blob, onBlob); !handed) {
            return handed.error();
        }
        passed += blob.size;
        m_position = passed;
    }
    return contentOf(selection);
}

Status PoolFolderSource::handOver(const Descriptor &blob, const OnBlob &onBlob)
{
    const QByteArray file = layout::blob(blob.digest);
    Result<UniqueFd> fd = m_pool.files().openFile(file);
    if (!fd) {
        return fd.error().kind == ErrorKind::Storage ? fd.error()
                                                     : refusedEntry(m_pool.path(), file, fd.error().why);
    }
    FileBytes bytes(*std::move(fd), m_pool.files().pathOf(file), m_cancel, m_position);
    const Status taken = onBlob(blob, bytes);
    return !taken && taken.error().kind == ErrorKind::Corrupt
               ? refusedEntry(m_pool.path(), file, taken.error().why)
               : taken;
}

} // namespace layerpool
