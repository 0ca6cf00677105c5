// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

namespace layerpool {

/// What the shell sees: a contract that scripts rely on.
enum class ExitStatus {
    Done = 0,
    NotAll = 1,      ///< finished, but not all images, or verify found something
    BadInput = 2,    ///< bad words, list, input file
    Storage = 3,     ///< the pool or an output could not be read or written
    NoRegistry = 4,  ///< no image was done: the registry could not be reached, or refused
    Cancelled = 130, ///< as a shell says of SIGINT
};

/// Of an error that ended a command.
ExitStatus exitStatusOf(const Error &error);
/// Of a task that came to its end.
ExitStatus exitStatusOf(const TaskResult &result);

} // namespace layerpool
