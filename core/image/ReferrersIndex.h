// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

namespace layerpool {

/// The index under a fallback tag (OCI distribution-spec 1.1, "Referrers Tag Schema"): what a registry's
/// referrers API says, for clients of one that has none.
struct ReferrersIndex
{
    Manifest index;
    bool lacksAnnotations = false; ///< there was no room for the referrers' own
    std::vector<Digest> leftOut;   ///< and none for these referrers
};

/// The index for these manifests, no larger than Manifest::maxBytes: where they don't fit, first their
/// annotations are left out, then the referrers that say most. The same manifests give the same bytes, in
/// whatever order they come. Errors: as of Manifest::parse.
Result<ReferrersIndex> referrersIndex(std::vector<Manifest> referrers);

} // namespace layerpool
