// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ReferrersUnion.h"
#include "registry/RegistryClient.h"
#include "task/PushImage.h"

#include <QStringList>

namespace layerpool {

/// Signatures and other referrers on their way to a target: they go with what they vouch for, and none that
/// was made there is lost.
///
/// A fallback tag is put at every target, also at one with the referrers API. There the spec asks for none
/// (distribution-spec 1.1, "Pushing Manifests with Subject": only where the answer has no OCI-Subject), and a
/// client that finds the API looks at no tag. But a client that knows only the tag finds them so, and one
/// HEAD of it tells that all of them are there.

/// Leaves out the referrers of images that are kept, and of the indexes that don't go as they were: what they
/// vouch for would not be there. `seenIndexes` tell whose child an image is: a signature is usually made on
/// an index that the pool has not. Each image stands before its referrers. May be called again when more is
/// known.
void leaveOutReferrers(std::vector<PushImage> &images, const std::vector<Manifest> &seenIndexes);
/// How many were left out with what, in sentences.
QStringList leftOutNotes(const std::vector<PushImage> &images);

struct MetReferrers
{
    ReferrersUnion with;
    std::optional<Digest> theirs; ///< what the target's tag names, where it has it and it can be read
};
/// Holds ours against what the target has under the tag now: `Ours` where it has none, `Apart` where that is
/// of another kind. One GET, 4 MiB at the most. Errors: of the request.
Result<MetReferrers> meetReferrers(const PushImage &image, const Pool &pool,
                                   const RemoteRepository &repository, RegistryClient &client);

/// Where the target's tag holds all that ours does: leaves of the image what must be there, which is not the
/// manifest of the tag itself, nor the config that goes with just that manifest.
void restOnTheirs(PushImage &image, const PoolIndex &index);

/// Why a tag of ours is not put, and what to do.
QString apartNote(const PushImage &image, const std::optional<Digest> &theirs);
/// The same of each that the plan found so.
QStringList apartNotes(const std::vector<PushImage> &images, MovedTags movedTags);

} // namespace layerpool
