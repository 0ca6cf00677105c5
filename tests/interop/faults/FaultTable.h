// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool::test {

/// A fault that was provoked, and what came of it.
struct FaultRow
{
    QString fault; ///< as the table of faults names it
    QString went;
    int exitStatus = -1;
    int requests = 0; ///< that the disturbed registry got
    double seconds = 0;
};

/// Keeps a row for the table that is printed when all tests of the program have run.
void addFaultRow(const FaultRow &row);

} // namespace layerpool::test
