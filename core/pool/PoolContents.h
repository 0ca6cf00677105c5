// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "pool/PoolBlob.h"
#include "pool/PoolRepository.h"

#include <QIODevice>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace layerpool {

/// What a pool consists of where it is no folder: its names are known, and its blobs are read where they lie.
/// It never changes. Any thread may call any function.
class PoolContents
{
public:
    virtual ~PoolContents() = default;

    /// Of what it is read from.
    virtual const QString &path() const = 0;
    /// By name.
    virtual std::vector<PoolRepository> repositories() const = 0;
    /// In the order of their digests.
    virtual std::vector<PoolBlob> blobs() const = 0;

    virtual std::optional<qint64> blobSize(const Digest &digest) const = 0;
    /// Open for reading, at any place; the caller's own. Errors: NotFound, Storage.
    virtual Result<std::unique_ptr<QIODevice>> openBlob(const Digest &digest) const = 0;
    virtual std::optional<Digest> tagDigest(const RepositoryName &name, const QString &tag) const = 0;
    virtual bool hasRevision(const RepositoryName &name, const Digest &digest) const = 0;
    virtual bool hasLayerLink(const RepositoryName &name, const Digest &digest) const = 0;
    /// A layer that its images need, and that is to be found elsewhere: it has a size, and no bytes.
    virtual bool isLeftOut(const Digest &digest) const = 0;
    /// Repositories of the far side that have it.
    virtual std::vector<RepositoryName> ownersOfLeftOut(const Digest &digest) const = 0;
    /// As its index says; null where it has none.
    virtual Digest id() const = 0;
    /// What is worth knowing of what it is read from; sentences, without their full stop.
    virtual QStringList notes() const = 0;
};

} // namespace layerpool
