// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

namespace layerpool {

/// The index under a fallback tag (OCI distribution-spec 1.1, "Referrers Tag Schema") for these manifests:
/// what a registry's referrers API says, for clients of one that has none. The same manifests give the same
/// bytes, in whatever order they come.
Manifest referrersIndex(std::vector<Manifest> referrers);

} // namespace layerpool
