// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"

namespace layerpool {

/// Sorts the blobs of a plan's images into what the pool has and what has to come, and counts their bytes.
/// `pool` is empty where it will be made.
void weigh(ConvertPlan &plan, const std::optional<Pool> &pool);

} // namespace layerpool
