// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Pool.h"

namespace layerpool {

/// Whether this user may add to the pool; the error says why not. One on a disk that is mounted read-only, or
/// of another owner, serves all that only reads. Error: Storage.
Status checkWritable(const Pool &pool);

} // namespace layerpool
