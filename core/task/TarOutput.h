// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleOutput.h"
#include "task/TarPlan.h"

namespace layerpool {

/// Writes the bundle's bytes and closes the output; nothing has a name yet: its index, the README, the
/// program for the far side, the images. The caller holds the pool's lock. Errors: those of BundleTree and
/// addTool.
Result<std::vector<BundleOutput::File>> writeBundle(const TarPlan &plan, const QByteArray &index,
                                                    BundleOutput &output, const TaskContext &context);

} // namespace layerpool
