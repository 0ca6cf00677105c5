// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/SparseIndex.h"
#include "pool/Selection.h"

#include <map>

namespace layerpool {

/// A tag that an image has, or shall get, at a target.
struct PushTag
{
    QString tag;
    Digest digest;
    std::optional<Digest> moves; ///< the other digest that it has there now
};

/// An image of a pool, as it goes to a target.
struct PushImage
{
    Selection::Image image;               ///< its closure is what goes there
    RepositoryName repository;            ///< at the target, prefix and all
    std::vector<PushTag> tags;            ///< one; several where a sparse index goes as its children
    std::map<Digest, Manifest> rewritten; ///< manifests of the closure that the pool has not
    std::vector<Descriptor> absent;       ///< children of its index that the pool lacks
    bool isThere = false;                 ///< the target has all its tags with these digests
    bool isKept = false;                  ///< the target has another digest under a tag, and keeps it

    bool isSparse() const { return !absent.empty(); }
    /// "team/app:v1", as the target has it.
    QString nameOf(const PushTag &tag) const { return repository.toString() + QLatin1Char(':') + tag.tag; }
    /// The platforms of `absent`, in words.
    QString absentPlatforms() const;
    Result<Manifest> manifest(const Pool &pool, const Digest &digest) const;
};

/// The image under the prefix, and where it is a sparse index, as `sparse` says. Errors: BadInput (no legal
/// name or tag there), Unsupported (a legacy image; no child that could get a tag).
Result<PushImage> shapeForPush(const PoolIndex &index, const Selection::Image &image, const QString &prefix,
                               SparseIndexes sparse);

} // namespace layerpool
