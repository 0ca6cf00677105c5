// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

namespace layerpool {

/// How a task ended, in a sentence: "Done in 12 s."
QString outcomeOf(const TaskResult &result);

} // namespace layerpool
