// SPDX-License-Identifier: Apache-2.0
#include "base/Secrecy.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace layerpool {

void keepOutOfDumps()
{
    constexpr rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

} // namespace layerpool
