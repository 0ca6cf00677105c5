// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryClient.h"
#include "task/PushImage.h"

namespace layerpool {

/// What came of putting an image's manifests.
struct PutManifests
{
    qint64 bytes = 0;       ///< of those that were sent
    bool hasJoined = false; ///< a referrer's tag now holds what the target had, and ours
    QString keptNote;       ///< why a referrer's tag was left to the target; empty where it was not
    bool isKept() const { return !keptNote.isEmpty(); }
};

/// Puts an image's manifests, all of whose blobs are there: children by their digests, then what its tags
/// name. The tag of a referrer is joined with what the target has under it at that moment.
/// Errors: those of a request; Unsupported (a sparse index is refused); of the pool's files.
Result<PutManifests> putManifests(const PushImage &image, const Pool &pool,
                                  const RemoteRepository &repository, RegistryClient &client);

} // namespace layerpool
