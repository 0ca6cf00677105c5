// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/Network.h"
#include "support/Print.h"

#include <gtest/gtest.h>

namespace layerpool::test {

/// What a client is made with, out of options that are in order.
inline std::shared_ptr<Network> networkOf(const HttpOptions &options)
{
    Result<std::shared_ptr<Network>> network = Network::create(options);
    EXPECT_TRUE(isOk(network));
    return network ? *network : nullptr;
}

} // namespace layerpool::test
