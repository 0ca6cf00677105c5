// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleOutput.h"
#include "task/TarPlan.h"

namespace layerpool {

/// Writes the bundle's bytes, its index in front, and closes the output; nothing has a name yet. The caller
/// holds the pool's lock. Errors: those of BundleTree.
Result<std::vector<BundleOutput::File>> writeBundle(const TarPlan &plan, const QByteArray &index,
                                                    BundleOutput &output, const TaskContext &context);

} // namespace layerpool
