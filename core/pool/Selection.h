// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "pool/PoolIndex.h"

#include <vector>

namespace layerpool {

/// Whether signatures and the like come along with the images that they refer to.
enum class TakeReferrers { Yes, No };

/// A subset of a pool, closed over its digests: the tags, and every manifest and blob that they need, once.
struct Selection
{
    struct Image
    {
        PoolTag tag;
        QString line; ///< as the list names it; the tag's own name where it was ticked
        Closure closure;
        bool isReferrer = false; ///< it comes with another, and counts as no image
    };
    struct Absent
    {
        QString line;
        Error error; ///< NotFound (no such tag in the pool), or Corrupt (parts of it are missing)
    };

    bool isOfList = false;     ///< its lines are those of a list, and name registries as people do
    std::vector<Image> images; ///< each followed by its referrers
    std::vector<Absent> absent;
    std::vector<Descriptor> blobs;     ///< manifests, configs and layers, each digest once, largest first
    qint64 storedBytes = 0;            ///< of `blobs`
    qint64 nominalBytes = 0;           ///< the sum of the images on their own
    qint64 referrers = 0;              ///< signatures and the like, that come along
    std::vector<Manifest> seenIndexes; ///< not in the pool: they tell whose child a referrer's image is

    /// Without the referrers.
    int imageCount() const;

    /// Of the images that a list names. Bad and repeated lines are no part of it.
    static Selection ofList(const PoolIndex &index, const ImagesList &list,
                            TakeReferrers referrers = TakeReferrers::Yes);
    static Selection ofTags(const PoolIndex &index, const std::vector<PoolTag> &tags,
                            TakeReferrers referrers = TakeReferrers::Yes);
    static Selection ofAll(const PoolIndex &index, TakeReferrers referrers = TakeReferrers::Yes);
};

} // namespace layerpool
