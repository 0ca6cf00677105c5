// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DurableDirectory.h"
#include "image/Manifest.h"
#include "image/RepositoryName.h"

#include <QIODevice>
#include <QStringList>

#include <memory>

namespace layerpool {

class PoolContents;

/// An open pool: a directory in the registry's storage layout, and how its files are read; or a bundle of
/// that layout, which is read where it lies. Cheap to copy; any thread may use it. What changes a pool is
/// PoolWriter.
class Pool
{
public:
    /// Opens a pool that exists: a directory with `docker/registry/v2` in it.
    /// Errors: NotFound (no such directory), BadInput (a directory or file of another kind), Storage.
    static Result<Pool> open(const QString &path);
    /// The same, or makes one of an empty directory or where there is nothing yet.
    /// Errors also: Conflict (a folder with something else in it).
    static Result<Pool> openOrCreate(const QString &path);

    /// One that is no folder.
    explicit Pool(std::shared_ptr<const PoolContents> contents);

    /// Whether `openOrCreate` would make a new pool here.
    static bool wouldCreate(const QString &path);

    const QString &path() const { return m_path; }
    /// Null for a folder.
    const PoolContents *contents() const { return m_contents.get(); }
    /// What is worth knowing of it, for plans and people: sentences, without their full stop. None of a
    /// folder.
    QStringList notes() const;
    /// Of a folder alone.
    const DurableDirectory &files() const { return *m_files; }

    bool hasBlob(const Digest &digest) const { return blobSize(digest).has_value(); }
    /// In bytes; nothing where it is not there. The digest is not checked: that is what verify is for.
    std::optional<qint64> blobSize(const Digest &digest) const;
    /// Whether it has what the descriptor names; of a size that nobody declared, any will do.
    bool has(const Descriptor &blob) const;
    /// Its bytes, refused as Corrupt where it is longer than `limit`; in a bundle, also where they are not
    /// what the digest says. NotFound, Storage.
    Result<QByteArray> readBlob(const Digest &digest, qint64 limit) const;
    /// Open for reading, the caller's own. NotFound, Storage.
    Result<std::unique_ptr<QIODevice>> openBlob(const Digest &digest) const;
    /// Where it is, for a person.
    QString blobPath(const Digest &digest) const;
    /// Its digest is checked. NotFound, Corrupt, Unsupported.
    Result<Manifest> manifest(const Digest &digest) const;

    /// An index that was seen at a source and of which the pool keeps only a child. NotFound, Corrupt.
    Result<Manifest> seenIndex(const Digest &digest) const;

    /// The digest that a tag points at; nothing where the tag is not there. Corrupt where the link is no
    /// digest.
    Result<std::optional<Digest>> tagDigest(const RepositoryName &name, const QString &tag) const;
    bool hasRevision(const RepositoryName &name, const Digest &digest) const;
    bool hasLayerLink(const RepositoryName &name, const Digest &digest) const;
    /// What a link file says. A link is exactly `algorithm:hex`, without a newline: a registry answers 500
    /// to any other. NotFound, Corrupt.
    Result<Digest> readLink(const QByteArray &file) const { return readLink(*m_files, file); }
    static Result<Digest> readLink(const DurableDirectory &folder, const QByteArray &file);
    /// What the bytes say, if their digest is this one. The error of their reading, Corrupt, Unsupported.
    static Result<Manifest> manifestIn(Result<QByteArray> bytes, const Digest &digest);

private:
    explicit Pool(DurableDirectory files)
        : m_path(files.path()), m_files(std::make_shared<const DurableDirectory>(std::move(files)))
    {
    }

    QString m_path;
    // One of the two:
    std::shared_ptr<const DurableDirectory> m_files;
    std::shared_ptr<const PoolContents> m_contents;
};

} // namespace layerpool
