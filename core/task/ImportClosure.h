// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "pool/PoolIndex.h"

#include <functional>

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

    /// Where the bytes are, of the bundle or of the pool.
    struct Source
    {
        /// NotFound, Corrupt, Unsupported.
        std::function<Result<Manifest>(const Digest &)> manifest;
        /// Nothing where it is in neither.
        std::function<std::optional<qint64>(const Digest &)> blobSize;
        const Pool *pool = nullptr; ///< null where there is none yet
    };

    /// `content` and the pool must outlive it.
    ImportClosure(const BundleContent &content, Source source)
        : m_content(content), m_source(std::move(source))
    {
    }

    Image of(const PoolTag &tag) const;
    Result<Manifest> manifest(const Digest &digest) const { return m_source.manifest(digest); }

private:
    class Walk;

    bool hasRevision(const RepositoryName &repository, const Digest &digest) const;
    bool hasLayer(const RepositoryName &repository, const Digest &digest) const;

    const BundleContent &m_content;
    Source m_source;
};

/// Why an image is not taken; its closure lacks something.
Error notWhole(const QString &image, const ImportClosure::Image &parts);

} // namespace layerpool
