// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "pool/Selection.h"

namespace layerpool {

/// What a bundle of these images holds, and an inventory of them lists: their names and links, and all their
/// blobs.
BundleContent contentOf(const Selection &selection);

} // namespace layerpool
