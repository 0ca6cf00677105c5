// SPDX-License-Identifier: Apache-2.0
#include "base/Secrecy.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace layerpool::test {
namespace {

// In a process of its own: there is no way back.
TEST(SecrecyTest, NoCoreIsDumpedAndNobodyAttaches)
{
    EXPECT_EXIT(
        {
            keepOutOfDumps();
            rlimit limit{};
            ::getrlimit(RLIMIT_CORE, &limit);
            std::_Exit(::prctl(PR_GET_DUMPABLE) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0 ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace layerpool::test
