// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

#include <optional>

namespace layerpool {

/// A size as people write it: `4G`, `1.5M`, `700Mi`, or bytes; `fat32` (the largest file there), `dvd` and
/// `bluray` (one layer). `K M G T` are powers of 1000, `Ki Mi Gi Ti` of 1024; case does not matter. At least
/// 1; nothing where it is no size.
std::optional<qint64> parseByteSize(QStringView text);

} // namespace layerpool
