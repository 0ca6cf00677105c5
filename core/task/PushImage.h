// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/SparseIndex.h"
#include "pool/Selection.h"
#include "task/MovedTags.h"

#include <QStringList>

#include <map>

namespace layerpool {

/// A tag that an image has, or shall get, at a target.
struct PushTag
{
    QString tag;
    Digest digest;
    std::optional<Digest> moves; ///< the other digest that it has there now
};

/// What a push does about an image.
enum class PushFate {
    Goes,
    IsThere,   ///< the target has all of it already; of a referrer's tag, it may have more
    IsKept,    ///< the target has another digest under a tag, and keeps it
    IsLeftOut, ///< a referrer of what does not go
};

/// An image of a pool, as it goes to a target.
struct PushImage
{
    Selection::Image image;               ///< its closure is what goes there
    RepositoryName repository;            ///< at the target, prefix and all
    std::vector<PushTag> tags;            ///< one; several where a sparse index goes as its children
    std::map<Digest, Manifest> rewritten; ///< manifests of the closure that the pool has not
    std::vector<Descriptor> absent;       ///< children of its index that the pool lacks
    qint64 referrers = 0;                 ///< signatures and the like that its tag stands for
    std::vector<Digest> dropped; ///< manifests of its closure in the pool that don't go, in this shape
    PushFate fate = PushFate::Goes;
    std::optional<Digest> leftOutWith; ///< the manifest that does not go, where it is left out with one

    bool goes() const { return fate == PushFate::Goes; }
    bool isThere() const { return fate == PushFate::IsThere; }
    bool isKept() const { return fate == PushFate::IsKept; }
    bool isReferrer() const { return image.isReferrer; } ///< it goes with another, and counts as no image
    /// Whether its tag holds what several have signed: at the target it is joined, never just moved. Also
    /// where a list names it.
    bool isJoint() const { return image.tag.isReferrer(); }
    bool isSparse() const { return !absent.empty(); }
    /// Whether the target has another digest under one of its tags.
    bool hasOtherTag() const;
    /// "team/app:v1", as the target has it.
    QString nameOf(const PushTag &tag) const { return repository.toString() + QLatin1Char(':') + tag.tag; }
    /// The platforms of `absent`, in words.
    QString absentPlatforms() const;
    Result<Manifest> manifest(const Pool &pool, const Digest &digest) const;
};

/// Of the tags under which the target has another digest: what it is there, and what here.
QStringList keptNotes(const PushImage &image);

/// The image under the prefix, and where it is a sparse index, as `sparse` says; a list of referrers that
/// is sparse gets no tags but its own. Errors: BadInput (no legal name or tag there), Unsupported (a legacy
/// image; no child that could get a tag).
Result<PushImage> shapeForPush(const PoolIndex &index, const Selection::Image &image, const QString &prefix,
                               SparseIndexes sparse);

} // namespace layerpool
