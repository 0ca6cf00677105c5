// SPDX-License-Identifier: Apache-2.0
#pragma once

class QMainWindow;

namespace layerpool {

/// Enter presses the button that has the focus, as Space does. In dialogs Qt sees to it.
void letEnterClick(QMainWindow &window);

} // namespace layerpool
