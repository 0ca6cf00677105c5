// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "pool/ImageLinks.h"
#include "pool/Selection.h"

namespace layerpool {

/// What a bundle of these images holds, and an inventory of them lists: their names and links, and all their
/// blobs.
BundleContent contentOf(const Selection &selection);

/// The same of links; those without a tag are of images that a digest alone names. `blobs` are all there are,
/// manifests too, of the sizes they have.
BundleContent contentOf(std::vector<ImageLinks> images, const std::vector<Descriptor> &blobs);

} // namespace layerpool
