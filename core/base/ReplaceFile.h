// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>

namespace layerpool {

/// Puts the bytes in the place of a file of the user's, or makes it: all of them are on the disk under
/// another name before they take this one, so that the file is never short or empty. Keeps its permissions,
/// and a symbolic link to it. Errors: Storage, NoSpace.
Status replaceFile(const QString &path, const QByteArray &bytes);

} // namespace layerpool
