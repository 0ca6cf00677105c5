// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QString>

namespace layerpool {

/// A new file with this text. Blocks. Errors: Conflict where the file is there already, Storage, NoSpace.
Status writeNewFile(const QString &path, const QString &text);

} // namespace layerpool
