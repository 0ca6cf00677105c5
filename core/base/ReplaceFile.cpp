// SPDX-License-Identifier: Apache-2.0
#include "base/ReplaceFile.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool {
namespace {

QString realPath(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(path).absoluteFilePath() : canonical;
}

Status takePermissions(int fd, const QString &path)
{
    struct stat there
    {
    };
    const bool isThere = ::stat(QFile::encodeName(path).constData(), &there) == 0;
    return isThere && ::fchmod(fd, there.st_mode & 07777) != 0 ? Status(systemError(path, errno)) : Status();
}

Status writeWhole(const DurableDirectory &folder, const QByteArray &name, const QByteArray &bytes,
                  const QString &path)
{
    Result<UniqueFd> fd = folder.createFile(name);
    if (!fd) {
        return fd.error();
    }
    if (Status written = writeAll(fd->get(), bytes, path); !written) {
        return written;
    }
    if (Status taken = takePermissions(fd->get(), path); !taken) {
        return taken;
    }
    return ::fsync(fd->get()) != 0 || ::close(fd->release()) != 0 ? Status(systemError(path, errno))
                                                                  : Status();
}

Status replaceIn(const DurableDirectory &folder, const QString &path, const QByteArray &bytes)
{
    const QByteArray unique = QUuid::createUuid().toByteArray(QUuid::Id128).first(8);
    const QByteArray name = QFile::encodeName(QFileInfo(path).fileName());
    const QByteArray staged = '.' + name + '.' + unique;
    Status written = writeWhole(folder, staged, bytes, path);
    if (written) {
        written = folder.replace(staged, name);
    }
    if (!written) {
        (void)folder.remove(staged); // that it can't be removed is the lesser news
        return written;
    }
    return folder.sync();
}

} // namespace

Status replaceFile(const QString &path, const QByteArray &bytes)
{
    const QString real = realPath(path);
    const Result<DurableDirectory> folder = DurableDirectory::open(QFileInfo(real).absolutePath());
    const Status done = folder ? replaceIn(*folder, real, bytes) : Status(folder.error());
    if (done) {
        return {};
    }
    Error error = done.error();
    error.what = Text::tr("Cannot save %1").arg(path);
    if (error.kind == ErrorKind::NoSpace) {
        error.hint = Text::tr("Free some space, or save it in another place");
    }
    return error;
}

} // namespace layerpool
