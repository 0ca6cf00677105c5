// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "task/Task.h"

namespace layerpool {

/// The file that an inventory goes into.
struct InventoryFile
{
    QString path;
    bool replaces = false; ///< one that is there may be overwritten

    /// Why it can't be written, as far as that can be told ahead: long searches come before it.
    std::optional<Error> blocker() const;

    /// Durable; the result says what is listed. Errors: those of writeInventory.
    Status write(const BundleContent &content, TaskResult &result) const;
};

/// An image that is not there, which no inventory minds: says so, with `sentence` for people.
void tellAbsent(const QString &line, const QString &sentence, const TaskContext &context, TaskResult &result);

} // namespace layerpool
