// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DigestSet.h"
#include "image/Descriptor.h"
#include "image/ReferrerTag.h"
#include "image/RepositoryName.h"

#include <vector>

namespace layerpool {

/// A tag of a pool and the manifest it points at.
struct PoolTag
{
    RepositoryName repository;
    QString tag;
    Digest digest;

    QString toString() const { return repository.toString() + QLatin1Char(':') + tag; }
    /// A signature or the like: it comes with the image that it refers to, and counts as none.
    bool isReferrer() const { return ReferrerTag::isOne(tag); }
    friend bool operator==(const PoolTag &, const PoolTag &) = default;
};

struct PoolRepository
{
    RepositoryName name;
    std::vector<PoolTag> tags; ///< in the order of comesBefore
    DigestSet revisions;       ///< the manifests it may serve by digest
    DigestSet foreign;         ///< foreign layers that are there all the same, and that it may serve
    int referrerTags = 0;      ///< of `tags`, those that name signatures and the like

    int images() const { return static_cast<int>(tags.size()) - referrerTags; }
    /// Whether its images are whole without the layer.
    bool leavesAtVendor(const Descriptor &layer) const
    {
        return layer.isForeign() && !foreign.contains(layer.digest);
    }
};

} // namespace layerpool
