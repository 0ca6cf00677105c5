// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/ImageSource.h"

#include <map>
#include <set>

namespace layerpool {

/// The files of a folder or of a tar, by their names in it: what images in a layout of others are read from.
/// Nothing outside is read: a symbolic link, a pipe or a device in a folder refuses the whole, and links in a
/// tar mean entries of that tar. For one thread.
class SourceFiles
{
public:
    using OnFile = std::function<Status(const QByteArray &name, BlobBytes &bytes)>;

    /// A pool of 100,000 images, each in a folder of its own.
    static constexpr std::size_t mostEntries = 2'000'000;
    /// Of all names together: they are kept, and may be much longer than any that a program gives.
    static constexpr qint64 mostNameBytes = 256 * 1024 * 1024;
    /// Bytes of a list of images; a manifest has Manifest::maxBytes at the most.
    static constexpr qint64 mostListBytes = 32 * 1024 * 1024;

    /// Looks at all names. Errors: BadInput, Storage, Cancelled.
    static Result<std::unique_ptr<SourceFiles>> ofFolder(const QString &path, const CancelToken &cancel);
    /// The same, and keeps the tar's small JSON files; plain or packed. Errors also: NotFound.
    static Result<std::unique_ptr<SourceFiles>> ofTar(const QString &path, const CancelToken &cancel);
    virtual ~SourceFiles() = default;

    const QString &path() const { return m_path; }
    /// Of all files, in bytes.
    const std::map<QByteArray, qint64> &sizes() const { return m_sizes; }
    bool has(const QByteArray &name) const { return m_sizes.contains(name); }
    /// The file that is meant: itself, or what a link in a tar leads to; empty where there is none.
    virtual QByteArray resolved(const QByteArray &name) const { return has(name) ? name : QByteArray(); }

    /// A whole small file. Errors: BadInput (it is not there, too large, or in a tar no JSON), Storage.
    virtual Result<QByteArray> text(const QByteArray &name, qint64 limit) const = 0;
    /// Goes through these files, each once, in no certain order. Errors: BadInput, Storage, Cancelled, those
    /// of `onFile`.
    virtual Status forEach(const std::set<QByteArray> &names, const OnFile &onFile) = 0;

    /// How far the last `forEach` has come, and how far it can go; bytes.
    virtual qint64 position() const = 0;
    virtual qint64 totalBytes() const = 0;

protected:
    explicit SourceFiles(QString path) : m_path(std::move(path)) {}

    /// Refuses what would be too many.
    Status add(const QByteArray &name, qint64 size);
    /// The same of a name that is kept elsewhere.
    Status count(const QByteArray &name);
    Error refused(QByteArrayView name, const QString &why) const;

private:
    QString m_path;
    std::map<QByteArray, qint64> m_sizes;
    std::size_t m_entries = 0;
    qint64 m_nameBytes = 0;
};

} // namespace layerpool
