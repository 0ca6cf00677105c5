// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "bundle/BundleContent.h"

namespace layerpool {

/// What a pool, a bundle or a registry holds, as a file: the base of a differential bundle. It has the form
/// of a bundle's own index, so that either can stand for the other; contentOf tells what one of a pool lists,
/// or of a bundle that is open as one. Of a bundle that is all that its images need: who has taken it has the
/// layers that it leaves out. Repositories have the names that they have in a pool: those of a registry are
/// named without the prefix below which a push put them, and a push that mounts from them puts its own in
/// front. Block; for a worker thread.

/// What a bundle's index leaves out is listed as there. Errors: NotFound, BadInput (it is no inventory),
/// Storage.
Result<BundleContent> readInventory(const QString &path);

/// As a person reads it: "3 repositories with 40 blobs, 1.2 GB".
QString describe(const BundleContent &content);

/// Durable. Conflict where the name is taken and `replaces` is not set; else Storage, NoSpace.
Status writeInventory(const QString &path, const BundleContent &content, bool replaces);

} // namespace layerpool
