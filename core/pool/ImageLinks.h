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

    static ImageLinks of(const PoolTag &tag, const Closure &closure);
};

} // namespace layerpool
