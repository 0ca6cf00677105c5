// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ArtifactKind.h"
#include "pool/PoolIndex.h"

#include <vector>

namespace layerpool {

/// A signature, an attestation and the like.
struct PoolReferrer
{
    ArtifactKind kind = ArtifactKind::Other;
    Digest digest;
    QString type = {}; ///< as its maker named it; empty where nobody says
};

/// What a referrer's tag stands for: the fallback tag names a list, and that says of each what it is. Reads
/// manifests from the disk, so not for the window's thread.
std::vector<PoolReferrer> referrersAt(const PoolIndex &index, const PoolTag &tag);

/// What a builder put beside the platforms of an image; empty where its tag names no index. As above.
std::vector<PoolReferrer> attestationsIn(const PoolIndex &index, const Digest &image);

} // namespace layerpool
