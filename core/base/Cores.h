// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"

#include <cstddef>
#include <functional>

namespace layerpool {

/// Calls `job` with 0 … count - 1, begun in that order, on one worker a core, and blocks until all are done.
/// After a cancel no further one is begun.
void forEachOnCores(std::size_t count, const CancelToken &cancel,
                    const std::function<void(std::size_t)> &job);

} // namespace layerpool
