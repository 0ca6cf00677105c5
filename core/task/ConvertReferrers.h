// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"
#include "task/TagLists.h"
#include "task/TransferCrew.h"

namespace layerpool {

/// Finds the referrers of all images of a plan. What is wrong with a referrer is a note; an image whose
/// referrers can't be asked for fails, as it would not be what was wanted. Error: Cancelled.
Status addReferrers(ConvertPlan &plan, const std::optional<Pool> &pool, TagLists &tags, TransferCrew &crew,
                    const TaskContext &context);

/// What became of a blob that a referrer needs.
struct MissingBlob
{
    std::optional<qint64> size; ///< it is there, and has so many bytes; none: it is not
    Error error;
};
using MissingBlobs = std::map<Digest, MissingBlob>;

/// What is left of a tag's referrers without those that need such a blob; nothing where none is. Each that is
/// left out is a note. `source` is where they are from.
std::optional<TaggedManifests> withoutMissing(const TaggedManifests &tagged, const MissingBlobs &missing,
                                              const RemoteRepository &source, QStringList &notes);

/// How many signatures and other referrers a tag stands for: the index that lists them is none.
qint64 referrersIn(const TaggedManifests &tagged);

} // namespace layerpool
