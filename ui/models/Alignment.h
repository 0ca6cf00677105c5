// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

namespace layerpool {

/// How cells and their headers lie: numbers end where those above end.
inline constexpr int numberAlignment = int(Qt::AlignRight) | int(Qt::AlignVCenter);
inline constexpr int textAlignment = int(Qt::AlignLeft) | int(Qt::AlignVCenter);

} // namespace layerpool
