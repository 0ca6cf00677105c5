// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

#include <optional>

namespace layerpool {

/// Two manifests that stand under the same referrer's tag in two places: who signs or attests in one of them
/// knows nothing of the other, and neither may lose what it has.
struct ReferrersUnion
{
    enum class Kind {
        Theirs, ///< has all that ours has
        Ours,   ///< has all that theirs has
        Both,   ///< a new index has to hold the two
        Apart,  ///< each has what the other lacks, and they can't be joined
    };
    Kind kind = Kind::Ours;
    std::optional<Manifest> both; ///< where it is `Both`
};

/// Of two indexes (OCI's fallback tag) the parts are their descriptors. The union is theirs, with those of
/// ours that it lacks added at its end.
///
/// Of two images (cosign's tags) the parts are the layers with all that their descriptors say: the layer is
/// what was signed, the same for every signer, and the signature is in the annotations. A union would be
/// legal, but bytes that nobody made: those are never joined.
ReferrersUnion unite(const Manifest &theirs, const Manifest &ours);

} // namespace layerpool
