// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"
#include "task/TaskQueue.h"

#include <vector>

namespace layerpool {

/// Cancels tasks of the queue: one at once, for several it asks first. While that is open it follows those
/// that end, and goes away with the last of them. The queue and the dialogs must outlive the parent.
void askToCancel(const std::vector<TaskId> &tasks, TaskQueue &queue, Dialogs &dialogs, QWidget *parent);

} // namespace layerpool
