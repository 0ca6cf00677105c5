// SPDX-License-Identifier: Apache-2.0
#include "pool/WriterSession.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"
#include "pool/StagedBlob.h"

#include <QUuid>

#include <sys/file.h>

namespace layerpool {
namespace {

QByteArray fileNameOf(const QByteArray &path)
{
    return path.sliced(path.lastIndexOf('/') + 1);
}

// A later run may want the blobs, and hashes them before it trusts them; the links are made anew.
Status giveBack(const DurableDirectory &files, const QByteArray &session)
{
    const auto entries = files.entries(session);
    if (!entries) {
        return entries.error();
    }
    for (const DurableDirectory::Entry &entry : *entries) {
        QByteArray name = entry.name;
        const std::optional<Digest> digest = Digest::parse(QByteArrayView(name.replace('-', ':')));
        if (digest && !entry.isDirectory) {
            (void)files.publish(session + '/' + entry.name, StagedBlob::nameOf(*digest));
        }
    }
    return files.removeTree(session);
}

// What a writer that was killed left behind is nobody's, and its lock is gone: its folder of links, and the
// spare files that were made where two writers fetched one blob.
Status sweep(const DurableDirectory &files)
{
    const auto sessions = files.entries(layout::sessions);
    const auto partials = files.entries(layout::partial);
    if (!sessions || !partials) {
        return sessions ? partials.error() : sessions.error();
    }
    for (const DurableDirectory::Entry &session : *sessions) {
        const QByteArray path = QByteArray(layout::sessions) + '/' + session.name;
        const Result<UniqueFd> fd = files.openDirectory(path);
        if (fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) == 0) {
            if (Status removed = giveBack(files, path); !removed) {
                return removed;
            }
        }
    }
    for (const DurableDirectory::Entry &partial : *partials) {
        const QByteArray path = QByteArray(layout::partial) + '/' + partial.name;
        const Result<UniqueFd> fd =
            StagedBlob::isSpare(path) ? files.openFile(path) : Result<UniqueFd>(UniqueFd());
        if (fd && *fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) == 0) {
            if (Status removed = files.remove(path); !removed) {
                return removed;
            }
        }
    }
    return {};
}

} // namespace

Result<std::unique_ptr<WriterSession>> WriterSession::open(const Pool &pool)
{
    const DurableDirectory &files = pool.files();
    std::unique_ptr<WriterSession> session(new WriterSession(pool));
    // One writer at a time, so that none sweeps a folder away that another has made and not yet locked.
    const Result<UniqueFd> only = files.openForUpdate(layout::sessionsLock);
    if (!only) {
        return only.error();
    }
    if (::flock(only->get(), LOCK_EX) != 0) {
        return systemError(Text::tr("Cannot lock %1").arg(files.pathOf(layout::sessionsLock)), errno);
    }
    if (Status swept = sweep(files); !swept) {
        return swept.error();
    }
    session->m_folder = QByteArray(layout::sessions) + '/' + QUuid::createUuid().toByteArray(QUuid::Id128);
    if (Status made = files.makeDirectories(session->m_folder); !made) {
        return made.error();
    }
    Result<UniqueFd> fd = files.openDirectory(session->m_folder);
    if (!fd) {
        return fd.error();
    }
    session->m_lock = *std::move(fd);
    if (::flock(session->m_lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return systemError(Text::tr("Cannot lock %1").arg(files.pathOf(session->m_folder)), errno);
    }
    return session;
}

WriterSession::~WriterSession()
{
    if (m_lock) {
        // Links that no image waits for any more; a failure leaves all of it for the next writer's sweep.
        (void)giveBack(m_pool.files(), m_folder);
    }
}

QByteArray WriterSession::nextName()
{
    return m_folder + '/' + QByteArray::number(m_nextName++);
}

QByteArray WriterSession::nameOf(const Digest &digest) const
{
    return m_folder + '/' + fileNameOf(StagedBlob::nameOf(digest));
}

} // namespace layerpool
