// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "bundle/BundleContent.h"

namespace layerpool {

/// Where a bundle lists what it holds: its first entry. The same bytes lie beside it.
inline constexpr char bundleIndexPath[] = "layerpool/index.json";

/// Every repository with its tags, manifests and layers, every blob with its size, and the program that comes
/// along: JSON that depends on nothing but the content. Its `id` is the digest of all the rest of it.
QByteArray writeBundleIndex(const BundleContent &content);

/// The `id` that such an index has.
Digest idOf(const BundleContent &content);

/// Errors: BadInput, whose `why` is a phrase such as "it is no JSON".
Result<BundleContent> readBundleIndex(const QByteArray &json);

/// The first thing that one of them has and the other has not, or has otherwise, as a phrase; empty where
/// they are alike. Of images: a program is not looked at.
QString differenceOf(const BundleContent &listed, const BundleContent &held);

} // namespace layerpool
