// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace layerpool {

/// The order in which people read tags: numbers count as such, so `v1.9` comes before `v1.10`. Two different
/// texts are never equal.
bool comesBefore(QStringView a, QStringView b);

} // namespace layerpool
