// SPDX-License-Identifier: Apache-2.0
#include "base/DurableDirectory.h"

#include "base/Text.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

#include <array>

namespace layerpool {
namespace {

constexpr std::size_t kDirectoryPiece = 32 * 1024;
constexpr mode_t kFileMode = 0666;      // less the umask, as any program's files
constexpr mode_t kDirectoryMode = 0777; // likewise

int openBeneath(int directory, const QByteArray &path, int flags, mode_t mode = 0)
{
    open_how how{};
    how.flags = static_cast<__u64>(flags | O_CLOEXEC);
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    long fd = -1;
    do {
        fd = ::syscall(SYS_openat2, directory, path.isEmpty() ? "." : path.constData(), &how, sizeof how);
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    return static_cast<int>(fd);
}

Error fileError(const QString &what, int errorNumber)
{
    Error error = systemError(what, errorNumber);
    if (errorNumber == ENOENT || errorNumber == ENOTDIR) {
        error.kind = ErrorKind::NotFound;
    } else if (errorNumber == EEXIST) {
        error.kind = ErrorKind::Conflict;
    } else if (errorNumber == ELOOP || errorNumber == EXDEV) {
        error.why = Text::tr("a symbolic link stands in the way");
        error.hint = Text::tr("A pool is made of plain folders and files; remove the link");
    }
    return error;
}

QString cannotWrite(const QString &path)
{
    return Text::tr("Cannot write %1").arg(path);
}

QString cannotRead(const QString &path)
{
    return Text::tr("Cannot read %1").arg(path);
}

void addEntry(int directory, const dirent64 &entry, std::vector<DurableDirectory::Entry> &found)
{
    const QByteArrayView name(entry.d_name);
    if (name == "." || name == "..") {
        return;
    }
    bool isFolder = entry.d_type == DT_DIR;
    if (entry.d_type == DT_UNKNOWN) { // some file systems do not tell
        struct stat info
        {
        };
        isFolder =
            ::fstatat(directory, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
    }
    found.push_back({name.toByteArray(), isFolder});
}

} // namespace

Status writeAll(int fd, QByteArrayView bytes, const QString &name)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return systemError(cannotWrite(name), errno);
        }
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<qint64> readSome(int fd, char *buffer, qint64 size, const QString &name)
{
    while (true) {
        const ssize_t count = ::read(fd, buffer, static_cast<std::size_t>(size));
        if (count >= 0) {
            return static_cast<qint64>(count);
        }
        if (errno != EINTR) {
            return systemError(cannotRead(name), errno);
        }
    }
}

Result<DurableDirectory> DurableDirectory::open(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    UniqueFd fd(::open(QFile::encodeName(absolute).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) {
        return fileError(Text::tr("Cannot open the folder %1").arg(absolute), errno);
    }
    return DurableDirectory(absolute, std::move(fd));
}

Result<DurableDirectory> DurableDirectory::create(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    QByteArray made;
    for (const QByteArray &part : QFile::encodeName(absolute).split('/')) {
        if (part.isEmpty()) {
            continue;
        }
        made += '/' + part;
        if (::mkdir(made.constData(), kDirectoryMode) != 0) {
            // A parent we may not write is no obstacle where it exists; a file is one.
            struct stat info
            {
            };
            const int failure = errno == EEXIST ? ENOTDIR : errno;
            if (::stat(made.constData(), &info) != 0 || !S_ISDIR(info.st_mode)) {
                return systemError(Text::tr("Cannot create the folder %1").arg(absolute), failure);
            }
        }
    }
    return open(path);
}

QString DurableDirectory::pathOf(const QByteArray &file) const
{
    return m_path + QLatin1Char('/') + QFile::decodeName(file);
}

Result<DurableDirectory::Place> DurableDirectory::placeOf(const QByteArray &path) const
{
    const qsizetype slash = path.lastIndexOf('/');
    Place place;
    place.name = path.sliced(slash + 1);
    place.parent =
        UniqueFd(openBeneath(m_fd.get(), slash < 0 ? QByteArray() : path.first(slash), O_PATH | O_DIRECTORY));
    if (!place.parent) {
        return fileError(cannotWrite(pathOf(path)), errno);
    }
    return place;
}

Result<DurableDirectory::SizedFile> DurableDirectory::openSized(const QByteArray &file) const
{
    // Without O_NONBLOCK a planted pipe would hold whoever opens it.
    SizedFile opened{UniqueFd(openBeneath(m_fd.get(), file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK))};
    struct stat info
    {
    };
    if (!opened.fd || ::fstat(opened.fd.get(), &info) != 0) {
        return fileError(cannotRead(pathOf(file)), errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorKind::Corrupt, cannotRead(pathOf(file)), Text::tr("it is no file"), {}};
    }
    opened.bytes = info.st_size;
    return opened;
}

Result<UniqueFd> DurableDirectory::openFile(const QByteArray &file) const
{
    Result<SizedFile> opened = openSized(file);
    if (!opened) {
        return opened.error();
    }
    return std::move(opened->fd);
}

Result<DurableDirectory> DurableDirectory::subdirectory(const QByteArray &directory) const
{
    Result<UniqueFd> fd = openDirectory(directory);
    if (!fd) {
        return fd.error();
    }
    return DurableDirectory(pathOf(directory), *std::move(fd));
}

Result<UniqueFd> DurableDirectory::openDirectory(const QByteArray &directory) const
{
    UniqueFd fd(openBeneath(m_fd.get(), directory, O_RDONLY | O_DIRECTORY));
    if (!fd) {
        return fileError(cannotRead(pathOf(directory)), errno);
    }
    return fd;
}

Result<QByteArray> DurableDirectory::readFile(const QByteArray &file, qint64 limit) const
{
    const Result<SizedFile> opened = openSized(file);
    if (!opened) {
        return opened.error();
    }
    if (opened->bytes > limit) {
        return Error{ErrorKind::Corrupt,
                     cannotRead(pathOf(file)),
                     Text::tr("it has %1 bytes, more than the %2 it may have").arg(opened->bytes).arg(limit),
                     {}};
    }
    QByteArray bytes(static_cast<qsizetype>(opened->bytes), Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < bytes.size()) {
        const Result<qint64> count =
            readSome(opened->fd.get(), bytes.data() + filled, bytes.size() - filled, pathOf(file));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        filled += *count;
    }
    bytes.truncate(filled);
    return bytes;
}

std::optional<qint64> DurableDirectory::fileSize(const QByteArray &file) const
{
    const UniqueFd fd(openBeneath(m_fd.get(), file, O_PATH | O_NOFOLLOW));
    struct stat info
    {
    };
    if (!fd || ::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return std::nullopt;
    }
    return info.st_size;
}

qint64 DurableDirectory::allocatedBytes(const QByteArray &file) const
{
    constexpr qint64 unit = 512; // of st_blocks, whatever the file system's own
    const UniqueFd fd(openBeneath(m_fd.get(), file, O_PATH | O_NOFOLLOW));
    struct stat info
    {
    };
    return fd && ::fstat(fd.get(), &info) == 0 ? info.st_blocks * unit : 0;
}

bool DurableDirectory::isDirectory(const QByteArray &directory) const
{
    return static_cast<bool>(UniqueFd(openBeneath(m_fd.get(), directory, O_PATH | O_DIRECTORY)));
}

std::optional<qint64> DurableDirectory::fileSizeInKnown(const QByteArray &file) const
{
    struct stat info
    {
    };
    const bool isFile =
        ::fstatat(m_fd.get(), file.constData(), &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
    return isFile ? std::optional<qint64>(info.st_size) : std::nullopt;
}

// By getdents alone: opendir asks for more than a scan of ten thousand folders has time for.
Result<std::vector<DurableDirectory::Entry>> DurableDirectory::entries(const QByteArray &directory) const
{
    const UniqueFd fd(openBeneath(m_fd.get(), directory, O_RDONLY | O_DIRECTORY));
    if (!fd && errno == ENOENT) {
        return std::vector<Entry>();
    }
    if (!fd) {
        return fileError(cannotRead(pathOf(directory)), errno);
    }
    std::vector<Entry> found;
    alignas(dirent64) std::array<char, kDirectoryPiece> piece; // filled by the call below
    ssize_t filled = 0;
    while ((filled = ::getdents64(fd.get(), piece.data(), piece.size())) > 0) {
        for (ssize_t at = 0; at < filled;) {
            const auto *entry = reinterpret_cast<const dirent64 *>(piece.data() + at);
            at += entry->d_reclen;
            addEntry(fd.get(), *entry, found);
        }
    }
    if (filled < 0) {
        return systemError(cannotRead(pathOf(directory)), errno);
    }
    return found;
}

Result<qint64> DurableDirectory::freeBytes() const
{
    struct statvfs info
    {
    };
    if (::fstatvfs(m_fd.get(), &info) != 0) {
        return systemError(cannotRead(m_path), errno);
    }
    return static_cast<qint64>(info.f_bavail) * static_cast<qint64>(info.f_frsize);
}

Status DurableDirectory::makeDirectories(const QByteArray &directory) const
{
    Result<Place> place = placeOf(directory);
    if (!place && place.error().kind == ErrorKind::NotFound && directory.contains('/')) {
        if (Status parents = makeDirectories(directory.first(directory.lastIndexOf('/'))); !parents) {
            return parents;
        }
        place = placeOf(directory);
    }
    if (!place) {
        return place.error();
    }
    if (::mkdirat(place->parent.get(), place->name.constData(), kDirectoryMode) != 0) {
        const int failure = errno;
        if (failure != EEXIST || !isDirectory(directory)) {
            return fileError(Text::tr("Cannot create the folder %1").arg(pathOf(directory)), failure);
        }
    }
    return {};
}

Result<UniqueFd> DurableDirectory::createFile(const QByteArray &file) const
{
    UniqueFd fd(openBeneath(m_fd.get(), file, O_WRONLY | O_CREAT | O_EXCL, kFileMode));
    if (!fd) {
        return fileError(cannotWrite(pathOf(file)), errno);
    }
    return fd;
}

Result<UniqueFd> DurableDirectory::openForUpdate(const QByteArray &file) const
{
    UniqueFd fd(openBeneath(m_fd.get(), file, O_RDWR | O_CREAT, kFileMode));
    if (!fd) {
        return fileError(cannotWrite(pathOf(file)), errno);
    }
    return fd;
}

Status DurableDirectory::writeFile(const QByteArray &file, QByteArrayView bytes) const
{
    Result<UniqueFd> fd = createFile(file);
    if (!fd) {
        return fd.error();
    }
    if (Status written = writeAll(fd->get(), bytes, pathOf(file)); !written) {
        return written;
    }
    if (::close(fd->release()) != 0) {
        return systemError(cannotWrite(pathOf(file)), errno);
    }
    return {};
}

Result<DurableDirectory::Published> DurableDirectory::publish(const QByteArray &from,
                                                              const QByteArray &to) const
{
    const Result<Place> source = placeOf(from);
    const Result<Place> target = placeOf(to);
    if (!source || !target) {
        return source ? target.error() : source.error();
    }
    if (::renameat2(source->parent.get(), source->name.constData(), target->parent.get(),
                    target->name.constData(), RENAME_NOREPLACE) == 0) {
        return Published::Now;
    }
    if (errno == EEXIST || errno == ENOTEMPTY) {
        return Published::WasThere;
    }
    const int failure = errno;
    // Network file systems may not know of renaming without replacing; a second name does the same for files.
    if (failure == EINVAL && ::linkat(source->parent.get(), source->name.constData(), target->parent.get(),
                                      target->name.constData(), 0) == 0) {
        ::unlinkat(source->parent.get(), source->name.constData(), 0);
        return Published::Now;
    }
    if (failure == EINVAL && errno == EEXIST) {
        return Published::WasThere;
    }
    return fileError(cannotWrite(pathOf(to)), failure);
}

Status DurableDirectory::replace(const QByteArray &from, const QByteArray &to) const
{
    const Result<Place> source = placeOf(from);
    const Result<Place> target = placeOf(to);
    if (!source || !target) {
        return source ? target.error() : source.error();
    }
    if (::renameat(source->parent.get(), source->name.constData(), target->parent.get(),
                   target->name.constData()) != 0) {
        return fileError(cannotWrite(pathOf(to)), errno);
    }
    return {};
}

Result<DurableDirectory::Linked>
DurableDirectory::hardLink(const DurableDirectory &source, const QByteArray &from, const QByteArray &to) const
{
    const Result<Place> original = source.placeOf(from);
    const Result<Place> target = placeOf(to);
    if (!original || !target) {
        return original ? target.error() : original.error();
    }
    struct stat info
    {
    };
    if (::fstatat(original->parent.get(), original->name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode)) { // a symbolic link would be linked on as one
        return fileError(cannotRead(source.pathOf(from)), ENOENT);
    }
    if (::linkat(original->parent.get(), original->name.constData(), target->parent.get(),
                 target->name.constData(), 0) == 0) {
        return Linked::Now;
    }
    switch (errno) {
    case EEXIST:
        return Linked::WasThere;
    case EXDEV:
    case EMLINK:
    case EPERM:
    case EOPNOTSUPP:
        return Linked::NotPossible;
    default:
        return fileError(cannotWrite(pathOf(to)), errno);
    }
}

Status DurableDirectory::remove(const QByteArray &file) const
{
    const Result<Place> place = placeOf(file);
    if (!place) {
        return place.error().kind == ErrorKind::NotFound ? Status() : place.error();
    }
    if (::unlinkat(place->parent.get(), place->name.constData(), 0) != 0 && errno != ENOENT) {
        return systemError(Text::tr("Cannot remove %1").arg(pathOf(file)), errno);
    }
    return {};
}

Status DurableDirectory::removeTree(const QByteArray &directory) const
{
    const Result<std::vector<Entry>> inside = entries(directory);
    if (!inside) {
        return inside.error();
    }
    for (const Entry &entry : *inside) {
        const QByteArray path = directory + '/' + entry.name;
        if (Status removed = entry.isDirectory ? removeTree(path) : remove(path); !removed) {
            return removed;
        }
    }
    return removeFolder(directory);
}

Status DurableDirectory::removeFolders(const QByteArray &directory) const
{
    const Result<std::vector<Entry>> inside = entries(directory);
    if (!inside) {
        return inside.error();
    }
    for (const Entry &entry : *inside) {
        const QByteArray path = directory + '/' + entry.name;
        if (!entry.isDirectory) {
            return Error{ErrorKind::Conflict,
                         Text::tr("Cannot remove %1").arg(pathOf(directory)),
                         Text::tr("a file lies there"),
                         {}};
        }
        if (Status removed = removeFolders(path); !removed) {
            return removed;
        }
    }
    return removeFolder(directory);
}

// Which is empty by now.
Status DurableDirectory::removeFolder(const QByteArray &directory) const
{
    const Result<Place> place = placeOf(directory);
    if (!place) {
        return place.error().kind == ErrorKind::NotFound ? Status() : place.error();
    }
    if (::unlinkat(place->parent.get(), place->name.constData(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
        return systemError(Text::tr("Cannot remove %1").arg(pathOf(directory)), errno);
    }
    return {};
}

Status DurableDirectory::sync() const
{
    if (::syncfs(m_fd.get()) != 0) {
        return systemError(Text::tr("Cannot bring %1 to the disk").arg(m_path), errno);
    }
    return {};
}

} // namespace layerpool
