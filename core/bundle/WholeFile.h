// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArrayView>
#include <QString>

namespace layerpool {

/// A file that appears under its name whole and on the disk. Conflict where the name is taken and `replaces`
/// is not set; else Storage, NoSpace.
Status writeWhole(const QString &path, QByteArrayView bytes, bool replaces);

/// The Conflict that says so, and what to try.
Error nameTaken(const QString &path);

} // namespace layerpool
