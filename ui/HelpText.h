// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QMainWindow;

namespace layerpool {

/// The journey from a list to the far side, in a minute, as HTML.
QString gettingStartedText();
/// Every key that the window answers to, read from its menus and views, as HTML.
QString shortcutsText(const QMainWindow &window);

} // namespace layerpool
