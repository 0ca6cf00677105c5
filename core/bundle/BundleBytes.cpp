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
    BundleBytes bytes;
    for (const QString &file : *files) {
        Result<Opened> opened = openFile(file);
        if (!opened) {
            return opened.error();
        }
        bytes.m_size += opened->size;
        bytes.m_files.push_back({file, bytes.m_size, {}});
        if (bytes.m_files.size() == 1) {
            bytes.m_files.front().fd = std::move(opened->fd);
        }
    }
    return bytes;
}

Result<QByteArray> BundleBytes::magic()
{
    QByteArray bytes(4, '\0');
    seek(0);
    const Result<qint64> count = read(bytes.data(), bytes.size());
    seek(0);
    return count ? Result<QByteArray>(bytes.first(*count)) : count.error();
}

// One is open at a time: of a thousand volumes not all may be.
Status BundleBytes::reach(std::size_t file)
{
    if (m_files[file].fd) {
        return {};
    }
    m_files[m_open].fd = {};
    Result<Opened> opened = openFile(m_files[file].path);
    if (!opened) {
        return opened.error();
    }
    m_files[file].fd = std::move(opened->fd);
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
    const auto file = std::find_if(m_files.begin(), m_files.end(),
                                   [this](const File &each) { return m_position < each.end; });
    if (file == m_files.end()) {
        return qint64(0);
    }
    const auto number = static_cast<std::size_t>(file - m_files.begin());
    if (Status reached = reach(number); !reached) {
        return reached.error();
    }
    const qint64 begin = number == 0 ? 0 : m_files[number - 1].end;
    const qint64 wanted = std::min(size, file->end - m_position);
    while (true) {
        const ssize_t count =
            ::pread(file->fd.get(), buffer, static_cast<std::size_t>(wanted), m_position - begin);
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
