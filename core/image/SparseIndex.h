// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

#include <map>

namespace layerpool {

/// How an index of which only some children are there goes to a registry.
enum class SparseIndexes {
    AsTheyAre, ///< byte for byte; many registries refuse it
    Rewrite,   ///< as a new index of the children that are there, with another digest
    Children,  ///< not at all: its children get tags of their own
};

/// A new index of the children that stand in `kept`, by the digest that the old one has for them; where such
/// a child was itself made anew, `kept` has its new digest and size. All else stays as it is. The bytes
/// follow from the old bytes and `kept` alone: whoever makes it gets the same digest.
Result<Manifest> rewrittenIndex(const Manifest &index, const std::map<Digest, Descriptor> &kept);

/// The tag that a child of a sparse index gets: `tag-os-arch[-variant]`, or `tag-<first 12 hex>` where its
/// platform is not said.
QString childTag(const QString &tag, const Descriptor &child);

} // namespace layerpool
