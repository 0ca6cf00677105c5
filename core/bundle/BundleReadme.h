// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

namespace layerpool {

/// Where a bundle tells people how it is used: its second entry. The same bytes lie beside it, since who has
/// volumes cannot look inside them.
inline constexpr char bundleReadmePath[] = "layerpool/README.txt";

/// A page for a far side without Layerpool, in English and Chinese: the same for every bundle, so that it
/// names no file of this one. UTF-8, lines of 78 columns at the most.
QByteArrayView bundleReadme();

} // namespace layerpool
