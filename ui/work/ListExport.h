// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QStringList>

namespace layerpool {

enum class ExportInto { NewFile, EndOfFile };

/// Writes images as a list, one a line: in place of a file that is there, or after what it holds, without
/// those that it names already. The file is whole before and after. For a worker.
/// Returns how many lines were written. Errors: Storage, NoSpace, BadInput (what is there is no list).
Result<int> exportList(const QString &path, const QStringList &images, ExportInto into);

} // namespace layerpool
