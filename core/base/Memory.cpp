// SPDX-License-Identifier: Apache-2.0
#include "base/Memory.h"

#include <malloc.h>

namespace layerpool {

void giveLargeMemoryBack()
{
#ifdef __GLIBC__
    constexpr int large = 128 * 1024; // as the C library begins with
    ::mallopt(M_MMAP_THRESHOLD, large);
#endif
}

} // namespace layerpool
