// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolLock.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <cerrno>
#include <sys/file.h>
#include <sys/stat.h>

namespace layerpool {
namespace {

constexpr int kTries = 10;

// Not by the count of its names: some file systems tell of none.
bool isStillThere(int fd, const Pool &pool)
{
    struct stat held
    {
    };
    struct stat there
    {
    };
    const Result<UniqueFd> again = pool.files().openFile(layout::lockFile);
    return again && ::fstat(fd, &held) == 0 && ::fstat(again->get(), &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

} // namespace

Result<PoolLock> PoolLock::share(const Pool &pool)
{
    return take(pool, LOCK_SH, Text::tr("another program is removing things from it"));
}

Result<PoolLock> PoolLock::alone(const Pool &pool)
{
    return take(pool, LOCK_EX, Text::tr("another program is at work in it"));
}

Result<PoolLock> PoolLock::take(const Pool &pool, int how, const QString &whyNot)
{
    const Error inUse{ErrorKind::Conflict, Text::tr("The pool %1 is in use").arg(pool.path()), whyNot,
                      Text::tr("Try again when it has finished")};
    for (int i = 0; i < kTries; ++i) {
        if (Status made = pool.files().makeDirectories(layout::own); !made) {
            return made.error();
        }
        Result<UniqueFd> fd = pool.files().openForUpdate(layout::lockFile);
        if (!fd && fd.error().kind == ErrorKind::NotFound) {
            continue; // its folder was taken away just now
        }
        if (!fd) {
            return fd.error();
        }
        if (::flock(fd->get(), how | LOCK_NB) != 0) {
            return inUse;
        }
        if (isStillThere(fd->get(), pool)) { // else whoever held it took it away
            PoolLock lock;
            lock.m_fd = *std::move(fd);
            return lock;
        }
    }
    return inUse;
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
