// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <vector>

namespace layerpool {

/// The links that make an image of blobs.
struct ImageLinks
{
    RepositoryName repository;
    QString tag;
    Digest root;                   ///< what the tag points at
    std::vector<Digest> manifests; ///< linked as revisions: children, then the root
    std::vector<Digest> blobs;     ///< linked as layers: configs and layers

    struct Link
    {
        QByteArray path; ///< below the pool's root
        Digest digest;   ///< what the file says
    };
    /// All but the tag's own: each must be there before the tag is.
    std::vector<Link> parts() const;
    /// The tag's history and what it points at now, in the order in which they are written.
    std::vector<Link> tagLinks() const;

    static ImageLinks of(const PoolTag &tag, const Closure &closure);
};

} // namespace layerpool
