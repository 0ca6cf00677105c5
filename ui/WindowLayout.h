// SPDX-License-Identifier: Apache-2.0
#pragma once

class QMainWindow;

namespace layerpool {

class Settings;

/// How a window is laid out: its size and place, its splitters, and the columns of its tables, each by its
/// object name. What has none is not remembered.
void saveLayout(const QMainWindow &window, Settings &settings);
/// What was never kept stays as it is.
void restoreLayout(QMainWindow &window, const Settings &settings);

} // namespace layerpool
