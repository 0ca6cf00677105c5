// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "pool/PoolIndex.h"
#include "pool/PoolWriter.h"

namespace layerpool {

/// What an image of a bundle is made of, where the bundle and the pool together have it. By the pool's own
/// rules: a child without a revision link in the repository is no part of its index, and a foreign layer that
/// the repository may not serve stays at its vendor's.
class ImportClosure
{
public:
    struct Image
    {
        Closure closure;
        std::optional<Error> fault; ///< of a manifest that can't be read; it is missing
        bool isIndex = false;

        /// How many signatures and the like a referrer's tag stands for: the index that lists them is none.
        qint64 referrers() const { return qint64(closure.manifests.size()) - (isIndex ? 1 : 0); }
    };

    /// The bundle's blobs are on the writer's shelf, or published. Both must outlive it.
    ImportClosure(const BundleContent &content, PoolWriter &writer) : m_content(content), m_writer(writer) {}

    Image of(const PoolTag &tag) const;
    /// Of either the shelf or the pool. NotFound, Corrupt, Unsupported.
    Result<Manifest> manifest(const Digest &digest) const;

private:
    class Walk;

    std::optional<qint64> blobSize(const Digest &digest) const;
    bool hasRevision(const RepositoryName &repository, const Digest &digest) const;
    bool hasLayer(const RepositoryName &repository, const Digest &digest) const;

    const BundleContent &m_content;
    PoolWriter &m_writer;
};

/// Why an image is not taken; its closure lacks something.
Error notWhole(const QString &image, const ImportClosure::Image &parts);

} // namespace layerpool
