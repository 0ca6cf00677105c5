// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleBytes.h"

#include "base/Text.h"
#include "bundle/BundleVolumes.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool {
namespace {

Error cannotOpen(const QString &path, int number)
{
    Error error = systemError(Text::tr("Cannot read the bundle %1").arg(path), number);
    error.kind = number == ENOENT || number == ENOTDIR ? ErrorKind::NotFound : ErrorKind::BadInput;
    return error;
}

Error noFile(const QString &path, bool isFolder)
{
    return {ErrorKind::BadInput, Text::tr("%1 is no bundle").arg(path),
            isFolder ? Text::tr("it is a folder, and a bundle is a file") : Text::tr("it is no regular file"),
            Text::tr("Choose a .tar, .tar.gz, .tar.zst or .zip file, or a volume of one")};
}

struct Opened
{
    UniqueFd fd;
    qint64 size = 0;
};

// Without O_NONBLOCK a pipe without a writer would hold whoever opens it.
Result<Opened> openFile(const QString &path)
{
    UniqueFd fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info
    {
    };
    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return cannotOpen(path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return noFile(path, S_ISDIR(info.st_mode));
    }
    return Opened{std::move(fd), info.st_size};
}

} // namespace

Result<BundleBytes> BundleBytes::open(const QString &path)
{
    const Result<QStringList> files = bundleFiles(path);
    if (!files) {
        return files.error();
    }
    std::vector<File> opened;
    qint64 end = 0;
    for (const QString &file : *files) {
        const Result<Opened> each = openFile(file);
        if (!each) {
            return each.error();
        }
        end += each->size;
        opened.push_back({file, end});
    }
    BundleBytes bytes(std::make_shared<const std::vector<File>>(std::move(opened)), {});
    QByteArray magic(4, '\0');
    const Result<qint64> count = bytes.read(magic.data(), magic.size());
    if (!count) {
        return count.error();
    }
    bytes.m_magic = magic.first(*count);
    bytes.seek(0);
    return bytes;
}

Status BundleBytes::reach(std::size_t file)
{
    if (m_fd && m_open == file) {
        return {};
    }
    Result<Opened> opened = openFile((*m_files)[file].path);
    if (!opened) {
        return opened.error();
    }
    m_fd = std::move(opened->fd);
    m_open = file;
    return {};
}

Result<qint64> BundleBytes::read(char *buffer, qint64 size)
{
    qint64 filled = 0;
    while (filled < size) {
        const Result<qint64> count = readSome(buffer + filled, size - filled);
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        filled += *count;
    }
    return filled;
}

Result<qint64> BundleBytes::readSome(char *buffer, qint64 size)
{
    const auto file = std::find_if(m_files->begin(), m_files->end(),
                                   [this](const File &each) { return m_position < each.end; });
    if (file == m_files->end()) {
        return qint64(0);
    }
    const auto number = static_cast<std::size_t>(file - m_files->begin());
    if (Status reached = reach(number); !reached) {
        return reached.error();
    }
    const qint64 begin = number == 0 ? 0 : (*m_files)[number - 1].end;
    const qint64 wanted = std::min(size, file->end - m_position);
    while (true) {
        const ssize_t count =
            ::pread(m_fd.get(), buffer, static_cast<std::size_t>(wanted), m_position - begin);
        if (count >= 0) {
            m_position += count;
            return count; // less where the file has become shorter: its end then
        }
        if (errno != EINTR) {
            return systemError(Text::tr("Cannot read the bundle %1").arg(file->path), errno);
        }
    }
}

} // namespace layerpool
