// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/VerifyPlan.h"

namespace layerpool {

ExitStatus runVerify(const QStringList &words, Console &console)
{
    CommandLine line("verify", Text::tr("Reads and hashes every blob of a pool, and looks at every link."),
                     {QStringLiteral("SOURCE")});
    line.addValue(QStringLiteral("failed"), Text::tr("Write the images that are hurt there, as a list."),
                  QStringLiteral("FILE"));
    line.addDryRun();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    auto pool = readPool(line.argument(0), console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    return carryOut<VerifyTask>(Result<VerifyPlan>(VerifyPlan{std::get<0>(std::move(pool))}), line, console);
}

} // namespace layerpool
