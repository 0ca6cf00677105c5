// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/SelectPlan.h"

namespace layerpool {

ExitStatus runSelect(const QStringList &words, Console &console)
{
    CommandLine line(
        "select", Text::tr("Makes a small pool of the images of a list, by hard links: no time, no space."),
        {QStringLiteral("POOL"), QStringLiteral("OUTDIR")});
    line.addLists(true).addReferrers().addDryRun();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    if (isBundleThere(line.argument(0))) {
        return console.fail(noSelectOfBundle(line.argument(0)));
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    return carryOut<SelectTask>(planSelect(index, std::move(selection), name, line.argument(1)), line,
                                console);
}

} // namespace layerpool
