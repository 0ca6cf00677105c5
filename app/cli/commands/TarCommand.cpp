// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/TarPlan.h"

namespace layerpool {

ExitStatus runTar(const QStringList &words, Console &console)
{
    CommandLine line("tar",
                     Text::tr("Packs images of a pool, all of them where no list is given, into one tar file "
                              "in the registry's layout."),
                     {QStringLiteral("POOL"), QStringLiteral("OUTFILE")});
    line.addLists(false).addReferrers().addDryRun();
    line.addFlag(QStringLiteral("force"), Text::tr("Replace OUTFILE where it exists."));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    return carryOut<TarTask>(
        planTar(index, std::move(selection), name, line.argument(1), line.isSet(QStringLiteral("force"))),
        line, console);
}

} // namespace layerpool
