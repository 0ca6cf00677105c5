// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

namespace layerpool {

/// The result of a task that was paused: `earlier` of its run before the pause, `later` of the one that went
/// on. What the first had done, the second has found there, and it counts as done.
TaskResult joined(const TaskResult &earlier, TaskResult later);

} // namespace layerpool
