// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "image/Manifest.h"
#include "pool/BlobShelf.h"
#include "pool/ImageLinks.h"
#include "pool/PoolLock.h"
#include "pool/StagedBlob.h"
#include "pool/WriterSession.h"

#include <memory>
#include <mutex>
#include <vector>

namespace layerpool {

/// Fills a pool: bytes first, names last. Blobs are staged by any thread; `commit` publishes what is staged,
/// then links, then tags, with the disk brought up to date between the three. Whatever the moment of a
/// crash, every file under a final name is whole and every tag's image is complete.
///
/// Staging functions may be called by any thread, `commit` by one at a time.
class PoolWriter
{
public:
    /// Takes the pool's lock, shared with other writers.
    static Result<std::unique_ptr<PoolWriter>> begin(const Pool &pool);

    const Pool &pool() const { return m_pool; }

    /// A place for a blob's bytes; hand it to `add` when it has finished. What an earlier run left is hashed
    /// first, which takes its time: `cancel` is heard.
    Result<std::unique_ptr<StagedBlob>> stage(const Digest &digest, qint64 size, const CancelToken &cancel);
    /// Takes a finished blob: the next commit publishes it.
    void add(std::unique_ptr<StagedBlob> blob);
    /// Bytes to be written for it: none where the pool has it.
    Result<qint64> addManifest(const Manifest &manifest);
    /// Where finished blobs wait that no commit may publish yet: the next one publishes all that lies there.
    BlobShelf &shelf() { return *m_shelf; }
    /// Keeps the bytes of an index beside the pool, so that a child taken from it is known again.
    void rememberIndex(const Manifest &index);

    enum class Adopted { WasThere, Linked, Copied };
    /// Takes a blob over from another pool: by a hard link, or a checked copy where that is not possible.
    Result<Adopted> adopt(const Pool &source, const Digest &digest, qint64 size, const CancelToken &cancel);

    /// How many blobs wait for the next commit.
    std::size_t waiting() const;

    /// Publishes all that was added, then the links and tags of these images, whose blobs must all be added
    /// or in the pool. When it returns, they are on the disk. After one failure every later commit fails with
    /// it: what was added before is lost, and no image may be published without it.
    Status commit(const std::vector<ImageLinks> &images);

private:
    explicit PoolWriter(Pool pool, PoolLock lock) : m_pool(std::move(pool)), m_lock(std::move(lock)) {}

    Status copyFrom(const Pool &source, const Digest &digest, qint64 size, const CancelToken &cancel);
    Status publish(const std::vector<std::unique_ptr<StagedBlob>> &blobs,
                   const std::vector<ImageLinks> &images);
    Status publishBlob(const QByteArray &stagedName, const Digest &digest, qint64 bytes);

    Pool m_pool;
    PoolLock m_lock;
    std::unique_ptr<WriterSession> m_session;
    std::optional<BlobShelf> m_shelf;
    std::atomic<bool> m_canLink = true; ///< until the file system has said that it can't

    mutable std::mutex m_mutex; ///< guards the next two
    std::vector<std::unique_ptr<StagedBlob>> m_finished;
    std::vector<Manifest> m_indexes;
    std::optional<Error> m_failure; ///< of a commit; only commit looks at it
};

} // namespace layerpool
