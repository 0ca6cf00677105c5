// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

namespace layerpool::test {

/// Which widgets of the window in front Tab leads to without anybody seeing it (WCAG 2.1, 2.4.7): they look
/// with the focus as they do without.
QStringList unseenFocus(QWidget &window);

} // namespace layerpool::test
