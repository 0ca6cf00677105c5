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

TEST(SecrecyTest, WhatIsWipedIsGoneHereAndNowhereElse)
{
    QByteArray secret("canary");
    secret.detach();
    const QByteArray shared = secret;
    wipe(secret);
    EXPECT_TRUE(secret.isEmpty());
    EXPECT_EQ(shared, "canary");
    QString text = QStringLiteral("can") + QStringLiteral("ary");
    wipe(text);
    EXPECT_TRUE(text.isEmpty());
}

} // namespace
} // namespace layerpool::test
