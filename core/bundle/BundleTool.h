// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "bundle/BundleContent.h"

#include <QString>

#include <functional>

namespace layerpool {

class BundleWriter;

/// A portable build of the program on this machine, which a bundle may carry for a far side that has none.
struct ToolFile
{
    QString path;
    BundleTool tool; ///< as a bundle lists it
};

/// Looks for `layerpool-cli-portable`, else for the newest `Layerpool*.AppImage`, in the folder of the
/// program that runs, then in `../share/layerpool` from there. Looks at names alone. Empty where there is
/// none.
QString findTool(const QString &programFolder);

/// Finds it, and hashes it. Blocks. Errors: BadInput (there is none), Storage, Cancelled.
Result<ToolFile> readTool(const QString &programFolder, const CancelToken &cancel);

/// Its entry. `moved` is called with the bytes of each piece. Errors: Conflict (it is no longer what was
/// read), Storage, NoSpace, Cancelled.
Status addTool(const ToolFile &file, BundleWriter &writer, const CancelToken &cancel,
               const std::function<void(qint64)> &moved);

} // namespace layerpool
