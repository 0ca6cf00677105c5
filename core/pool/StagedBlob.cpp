// SPDX-License-Identifier: Apache-2.0
#include "pool/StagedBlob.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <QUuid>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace layerpool {
namespace {

constexpr qint64 kHashPiece = 1024 * 1024;

// Between opening and locking another program may have published the file: then it is no longer ours to
// write.
bool isStillNamed(const DurableDirectory &files, const QByteArray &name, const UniqueFd &fd)
{
    const Result<UniqueFd> again = files.openFile(name);
    struct stat held
    {
    };
    struct stat named
    {
    };
    return again && ::fstat(fd.get(), &held) == 0 && ::fstat(again->get(), &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

bool isEmpty(const UniqueFd &fd)
{
    struct stat info
    {
    };
    return ::fstat(fd.get(), &info) == 0 && info.st_size == 0;
}

// Another program may be fetching the same blob into its own file: whoever is first publishes.
Result<UniqueFd> openLocked(const DurableDirectory &files, QByteArray &name)
{
    while (true) {
        Result<UniqueFd> fd = files.openForUpdate(name);
        if (!fd) {
            return fd;
        }
        if (::flock(fd->get(), LOCK_EX | LOCK_NB) != 0) {
            name = name + '.' + QUuid::createUuid().toByteArray(QUuid::Id128);
        } else if (isStillNamed(files, name, *fd)) {
            return fd;
        }
    }
}

} // namespace

StagedBlob::StagedBlob(const DurableDirectory &files, Digest digest, qint64 size, QByteArray name,
                       UniqueFd fd)
    : m_files(files)
    , m_digest(digest)
    , m_size(size)
    , m_name(std::move(name))
    , m_fd(std::move(fd))
    , m_digester(digest.algorithm())
{
}

StagedBlob::~StagedBlob()
{
    // A spare is of no use to a later run, which looks at the first name; neither is what holds room and no
    // byte. What was there and is not looked at to its end stays.
    if (isSpare(m_name) || (isEmpty(m_fd) && isStillNamed(m_files, m_name, m_fd))) {
        (void)m_files.remove(m_name);
    }
}

QByteArray StagedBlob::nameOf(const Digest &digest)
{
    return QByteArray(layout::partial) + '/' + digest.algorithmName() + '-' + digest.hex();
}

bool StagedBlob::isSpare(const QByteArray &name)
{
    return name.lastIndexOf('.') > name.lastIndexOf('/');
}

Result<std::unique_ptr<StagedBlob>> StagedBlob::open(const DurableDirectory &files, const Digest &digest,
                                                     qint64 size, const CancelToken &cancel)
{
    QByteArray name = nameOf(digest);
    Result<UniqueFd> fd = openLocked(files, name);
    if (!fd) {
        return fd.error();
    }
    std::unique_ptr<StagedBlob> blob(new StagedBlob(files, digest, size, name, *std::move(fd)));
    if (Status taken = blob->takeUpWhatIsThere(cancel); !taken) {
        return taken.error();
    }
    if (Status reserved = blob->reserve(); !reserved) {
        return reserved.error();
    }
    return blob;
}

// Asked before the first byte; a file system that can't reserve will tell when it is full.
Status StagedBlob::reserve()
{
    if (m_size > 0 && ::fallocate(m_fd.get(), FALLOC_FL_KEEP_SIZE, 0, m_size) != 0 &&
        (errno == ENOSPC || errno == EDQUOT)) {
        return systemError(Text::tr("There is no room for a blob of %1").arg(formatBytes(m_size)), errno);
    }
    return {};
}

// Of a blob that has reserved no room.
Status StagedBlob::keepReserve(qint64 bytes) const
{
    struct statvfs disk
    {
    };
    if (hasSize() || ::fstatvfs(m_fd.get(), &disk) != 0) {
        return {};
    }
    const qint64 free = static_cast<qint64>(disk.f_bavail) * static_cast<qint64>(disk.f_frsize);
    if (free >= bytes + reserveBytes) {
        return {};
    }
    return Error{ErrorKind::NoSpace, Text::tr("There is no room for the blob %1").arg(m_digest.toString()),
                 Text::tr("nobody says how large it is, and %1 have come").arg(formatBytes(m_received)),
                 Text::tr("Free some space, or leave its image out")};
}

Status StagedBlob::takeUpWhatIsThere(const CancelToken &cancel)
{
    QByteArray piece(kHashPiece, Qt::Uninitialized);
    while (true) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const Result<qint64> count = readSome(m_fd.get(), piece.data(), piece.size(), m_files.pathOf(m_name));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            return {};
        }
        m_received += *count;
        if (isTooLong(m_received)) {
            return clear();
        }
        m_digester.add(QByteArrayView(piece.constData(), *count));
    }
}

Status StagedBlob::append(QByteArrayView bytes)
{
    if (isTooLong(m_received + bytes.size())) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The blob %1 is too long").arg(m_digest.toString()),
                     Text::tr("more than the declared %1 bytes came").arg(m_size),
                     {}};
    }
    Status written = keepReserve(bytes.size());
    if (written) {
        written = writeAll(m_fd.get(), bytes, m_files.pathOf(m_name));
    }
    if (!written) {
        if (!hasSize() && written.error().kind == ErrorKind::NoSpace) {
            (void)clear(); // a part that may never be whole is in nobody's way
        }
        return written;
    }
    m_digester.add(bytes);
    m_received += bytes.size();
    return {};
}

Status StagedBlob::restart()
{
    const Status cleared = clear(); // which gives its room back
    return cleared ? reserve() : cleared;
}

Status StagedBlob::clear()
{
    if (::ftruncate(m_fd.get(), 0) != 0 || ::lseek(m_fd.get(), 0, SEEK_SET) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(m_files.pathOf(m_name)), errno);
    }
    m_digester = Digester(m_digest.algorithm());
    m_received = 0;
    return {};
}

Status StagedBlob::finish()
{
    if (hasSize() && m_received != m_size) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The blob %1 is too short").arg(m_digest.toString()),
                     Text::tr("%1 of %2 bytes came").arg(m_received).arg(m_size),
                     {}};
    }
    if (const Digest digest = m_digester.finish(); digest != m_digest) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The blob %1 is damaged").arg(m_digest.toString()),
                     Text::tr("the bytes that came have the digest %1").arg(digest.toString()),
                     {}};
    }
    return {};
}

} // namespace layerpool
