// SPDX-License-Identifier: Apache-2.0
#include "FaultTable.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

namespace layerpool::test {
namespace {

class FaultTable final : public testing::Environment
{
public:
    std::vector<FaultRow> rows;

    void TearDown() override
    {
        if (rows.empty()) {
            return;
        }
        std::printf("\n%-58s %-34s %4s %8s %7s\n", "fault", "went", "exit", "requests", "seconds");
        for (const FaultRow &row : rows) {
            std::printf("%-58s %-34s %4d %8d %7.1f\n", qUtf8Printable(row.fault), qUtf8Printable(row.went),
                        row.exitStatus, row.requests, row.seconds);
        }
        std::fflush(stdout);
    }
};

FaultTable *const table = [] {
    auto *environment = new FaultTable; // GoogleTest's from here on
    testing::AddGlobalTestEnvironment(environment);
    return environment;
}();

} // namespace

void addFaultRow(const FaultRow &row)
{
    table->rows.push_back(row);
}

} // namespace layerpool::test
