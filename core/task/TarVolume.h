// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TarPlan.h"

namespace layerpool {

/// Writes the one volume that the plan asks for, byte for byte as it is among all of them, and nothing beside
/// it. Where the sums of the others lie there, its own must be among them, and where their index does, it is
/// the same; without sums the others that lie there must be as large as they would be. Else BadInput, and
/// nothing is written. The caller holds the pool's lock. Errors also: those of a bundle's.
Status writeOnlyVolume(const TarPlan &plan, const TaskContext &context, TaskResult &result);

} // namespace layerpool
