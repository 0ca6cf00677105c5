// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"

namespace layerpool {

/// From now on the first Ctrl+C (or SIGTERM) raises the token, so that work stops in good order; the second
/// one ends the program at once.
void cancelOnInterrupt(const CancelToken &token);

} // namespace layerpool
