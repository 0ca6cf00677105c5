// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TarPlan.h"

namespace layerpool {

/// Writes the one volume that the plan asks for, byte for byte as it is among all of them, and nothing beside
/// it. Where the sums of the others lie there, its index and its own sum must be among them: BadInput, and
/// nothing is written. The caller holds the pool's lock. Errors also: those of a bundle's.
Status writeOnlyVolume(const TarPlan &plan, const TaskContext &context, TaskResult &result);

} // namespace layerpool
