// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>

namespace layerpool {

/// A key, a signature or what is signed, whole. `what` is said where that fails. Errors: NotFound, BadInput
/// (no plain file, or more than `limit` bytes), Storage.
Result<QByteArray> readSmallFile(const QString &path, const QString &what, qint64 limit = 16 * 1024);

} // namespace layerpool
