// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"

#include <QByteArray>

namespace layerpool {

/// Where a bundle tells people how it is used: its second entry. The same bytes lie beside it, since who has
/// volumes cannot look inside them.
inline constexpr char bundleReadmePath[] = "layerpool/README.txt";

/// A page for a far side without Layerpool, in English and Chinese: the same for every bundle, so that it
/// names no file of this one; but for the program that came along, if one did, and how it is used. UTF-8,
/// lines of 78 columns at the most.
QByteArray bundleReadme(const std::optional<BundleTool> &tool);

} // namespace layerpool
