// SPDX-License-Identifier: Apache-2.0
#include "sign/SmallFile.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace layerpool {

Result<QByteArray> readSmallFile(const QString &path, const QString &what, qint64 limit)
{
    const UniqueFd fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info
    {
    };
    if (!fd || ::fstat(fd.get(), &info) != 0) {
        Error error = systemError(what, errno);
        if (errno == ENOENT || errno == ENOTDIR) {
            error.kind = ErrorKind::NotFound;
        }
        return error;
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorKind::BadInput, what, Text::tr("it is no regular file"), {}};
    }
    QByteArray bytes(std::min<qint64>(info.st_size, limit) + 1, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < bytes.size()) {
        const Result<qint64> count = readSome(fd.get(), bytes.data() + filled, bytes.size() - filled, path);
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            bytes.truncate(filled);
            return bytes;
        }
        filled += *count;
    }
    return Error{ErrorKind::BadInput, what, Text::tr("it is too large"), {}};
}

} // namespace layerpool
