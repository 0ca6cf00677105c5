// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace layerpool {

/// A directory and the one way to write below it so that it survives: stage under a temporary name, sync,
/// then rename. Paths are relative bytes; each is resolved below the directory and through no symbolic
/// link (openat2, RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS), so nothing planted in a pool leads outside.
///
/// Any thread may call any function; none of them keeps state but the open descriptor. Errors are Storage
/// or NoSpace, and NotFound where a file to be read is not there.
class DurableDirectory
{
public:
    struct Entry
    {
        QByteArray name;
        bool isDirectory = false;
    };
    enum class Published { Now, WasThere };
    enum class Linked { Now, WasThere, NotPossible };

    /// Opens a directory that exists.
    static Result<DurableDirectory> open(const QString &path);
    /// Opens it, made with its parents where it was not there.
    static Result<DurableDirectory> create(const QString &path);

    const QString &path() const { return m_path; }
    /// The path of a file below, for messages.
    QString pathOf(const QByteArray &file) const;

    /// For reading; Corrupt where it is no regular file.
    Result<UniqueFd> openFile(const QByteArray &file) const;
    /// A folder below, as a place of its own: what lies deep is read faster from near. NotFound where it is
    /// not there.
    Result<DurableDirectory> subdirectory(const QByteArray &directory) const;
    /// To be locked, not to be read.
    Result<UniqueFd> openDirectory(const QByteArray &directory) const;
    /// The whole file, refused as Corrupt when it is longer than `limit` bytes.
    Result<QByteArray> readFile(const QByteArray &file, qint64 limit) const;
    /// In bytes; nothing where there is no such regular file.
    std::optional<qint64> fileSize(const QByteArray &file) const;
    /// The same by one system call, where `entries` has just told that all but the last part are folders.
    std::optional<qint64> fileSizeInKnown(const QByteArray &file) const;
    /// What the file takes on the disk, in bytes, reserved space too; 0 where there is none.
    qint64 allocatedBytes(const QByteArray &file) const;
    bool isDirectory(const QByteArray &directory) const;
    /// What lies in the directory, in no order; empty where it is not there.
    Result<std::vector<Entry>> entries(const QByteArray &directory) const;
    /// Bytes that an unprivileged process may still write on this file system.
    Result<qint64> freeBytes() const;

    Status makeDirectories(const QByteArray &directory) const;
    /// A new file, refused as Conflict where the name is taken.
    Result<UniqueFd> createFile(const QByteArray &file) const;
    /// The same, made where it was not there and positioned at its start.
    Result<UniqueFd> openForUpdate(const QByteArray &file) const;
    /// A new file with these bytes. Not yet synced: `sync` before it is renamed to its final name.
    Status writeFile(const QByteArray &file, QByteArrayView bytes) const;

    /// Renames without ever replacing. The parent of `to` must exist.
    Result<Published> publish(const QByteArray &from, const QByteArray &to) const;
    /// Renames in place of what is there.
    Status replace(const QByteArray &from, const QByteArray &to) const;
    /// Gives a file of `source` a second name here. NotPossible: another file system, one without hard
    /// links, or too many links; the caller copies, and says so.
    Result<Linked> hardLink(const DurableDirectory &source, const QByteArray &from,
                            const QByteArray &to) const;
    Status remove(const QByteArray &file) const;
    Status removeTree(const QByteArray &directory) const;
    /// The folder and those below it, as long as no file lies there. Error: Conflict (one does).
    Status removeFolders(const QByteArray &directory) const;

    /// Everything written to this file system so far is on the disk when this returns (syncfs): the
    /// contents of files and the names they were given.
    Status sync() const;

private:
    DurableDirectory(QString path, UniqueFd fd) : m_path(std::move(path)), m_fd(std::move(fd)) {}

    struct SizedFile
    {
        UniqueFd fd;
        qint64 bytes = 0;
    };
    Result<SizedFile> openSized(const QByteArray &file) const;

    struct Place // the open parent of a path, and its last part
    {
        UniqueFd parent;
        QByteArray name;
    };
    Result<Place> placeOf(const QByteArray &path) const;
    Status removeFolder(const QByteArray &directory) const;

    QString m_path;
    UniqueFd m_fd;
};

/// Writes all of `bytes` at the descriptor's position. `name` is for the message.
Status writeAll(int fd, QByteArrayView bytes, const QString &name);

/// Reads up to `size` bytes, again where a signal interrupted; 0 at the end of the file.
Result<qint64> readSome(int fd, char *buffer, qint64 size, const QString &name);

} // namespace layerpool
