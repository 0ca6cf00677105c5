// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/UniqueFd.h"
#include "pool/Pool.h"

namespace layerpool {

/// Holds a pool for as long as it lives: writers and long readers share it, so that nothing is deleted under
/// them. A read-only pool needs no lock, and gets none.
class PoolLock
{
public:
    /// Errors: Conflict (something that deletes holds the pool), Storage.
    static Result<PoolLock> share(const Pool &pool);
    /// For what deletes. Errors: Conflict (another holds it), Storage.
    static Result<PoolLock> alone(const Pool &pool);
    /// For a pool that is only read: the same, and no lock where it can't be written.
    static Result<PoolLock> shareForReading(const Pool &pool);

private:
    static Result<PoolLock> take(const Pool &pool, int how, const QString &whyNot);

    UniqueFd m_fd;
};

} // namespace layerpool
