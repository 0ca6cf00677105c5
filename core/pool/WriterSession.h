// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Pool.h"

#include <atomic>

namespace layerpool {

/// A writer's folder in a pool, where it makes its links before they get their names, and keeps whole blobs
/// to itself until they may have theirs. Locked as long as the session lives, and gone with it; what one that
/// was killed left is swept up by the next. Blobs go back to where all writers stage theirs.
class WriterSession
{
public:
    /// Errors: Storage, NoSpace.
    static Result<std::unique_ptr<WriterSession>> open(const Pool &pool);
    ~WriterSession();
    WriterSession(const WriterSession &) = delete;
    WriterSession &operator=(const WriterSession &) = delete;

    /// A path that nothing has yet, relative to the pool. Any thread.
    QByteArray nextName();
    /// Where the session keeps a whole blob, relative to the pool. Any thread.
    QByteArray nameOf(const Digest &digest) const;

private:
    explicit WriterSession(const Pool &pool) : m_pool(pool) {}

    const Pool m_pool;
    QByteArray m_folder;
    UniqueFd m_lock;
    std::atomic<int> m_nextName = 0;
};

} // namespace layerpool
