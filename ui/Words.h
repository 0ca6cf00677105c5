// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool {

/// The words of an action where they have no mnemonic to show: "Open &list…" and "打开列表(&L)…" without
/// their
/// `&L`.
QString withoutMnemonic(const QString &text);

} // namespace layerpool
