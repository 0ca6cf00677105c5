// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings/Settings.h"

namespace layerpool {

/// The folder where a file dialog starts: the one that the settings name, else that of the last such thing,
/// else the user's own. Asks no disk.
QString startFolder(const Settings &settings, const Setting<QString> &place, const QString &last = {});

/// The same, for lists.
QString startFolderOfLists(const Settings &settings);

} // namespace layerpool
