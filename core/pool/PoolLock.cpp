// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolLock.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <cerrno>
#include <sys/file.h>

namespace layerpool {

Result<PoolLock> PoolLock::share(const Pool &pool)
{
    if (Status made = pool.files().makeDirectories(layout::own); !made) {
        return made.error();
    }
    Result<UniqueFd> fd = pool.files().openForUpdate(layout::lockFile);
    if (!fd) {
        return fd.error();
    }
    if (::flock(fd->get(), LOCK_SH | LOCK_NB) != 0) {
        return Error{ErrorKind::Conflict, Text::tr("The pool %1 is in use").arg(pool.path()),
                     Text::tr("another program is removing things from it"),
                     Text::tr("Try again when it has finished")};
    }
    PoolLock lock;
    lock.m_fd = *std::move(fd);
    return lock;
}

Result<PoolLock> PoolLock::shareForReading(const Pool &pool)
{
    if (pool.contents() != nullptr) {
        return PoolLock(); // it never changes
    }
    Result<PoolLock> lock = share(pool);
    if (!lock && lock.error().kind != ErrorKind::Conflict) {
        return PoolLock();
    }
    return lock;
}

} // namespace layerpool
