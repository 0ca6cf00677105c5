// SPDX-License-Identifier: Apache-2.0
#include "pool/NewPool.h"

#include "pool/PoolLayout.h"
#include "pool/PoolLock.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {
namespace {

// A dead link counts as there.
bool isAnythingAt(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

bool holdsNothing(const DurableDirectory &files)
{
    const auto entries = files.entries(layout::root);
    const auto repositories = files.entries(layout::repositories);
    return entries && repositories && repositories->empty() && entries->size() <= 1;
}

// The lock last: while it is held, nobody begins to fill what is removed. Whenever this ends, a pool can be
// made there again.
Status removeAll(const DurableDirectory &files)
{
    for (const char *folder : {layout::partial, layout::sessions, layout::indexes, "docker"}) {
        if (Status removed = files.removeFolders(folder); !removed) {
            return removed;
        }
    }
    for (const char *lock : {layout::sessionsLock, layout::lockFile}) {
        if (Status removed = files.remove(lock); !removed) {
            return removed;
        }
    }
    return files.removeFolders(layout::own);
}

} // namespace

NewPool::NewPool(const QString &path)
    : m_path(path)
    , m_wasFree(!isAnythingAt(path) ||
                (QFileInfo(path).isDir() &&
                 QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)))
{
    QString folder = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    while (!isAnythingAt(folder)) {
        m_folders << folder;
        folder = QFileInfo(folder).absolutePath();
    }
}

void NewPool::takeBack() const
{
    const Result<Pool> pool = m_wasFree ? Pool::open(m_path) : Result<Pool>(Error{});
    if (!pool) {
        return;
    }
    {
        const Result<PoolLock> lock = PoolLock::alone(*pool);
        if (!lock || !holdsNothing(pool->files()) || !removeAll(pool->files())) {
            return;
        }
    }
    for (const QString &folder : m_folders) {
        if (!QDir().rmdir(folder)) { // someone has put something there
            return;
        }
    }
}

} // namespace layerpool
