// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"
#include "TargetOptions.h"

#include "base/Text.h"
#include "task/PushPlan.h"

namespace layerpool {
ExitStatus runPush(const QStringList &words, Console &console)
{
    CommandLine line("push",
                     Text::tr("Sends images of a pool, all of them where no list is given, to a registry. "
                              "What is there is not sent again."),
                     {QStringLiteral("SOURCE"), QStringLiteral("REGISTRY[/PREFIX]")});
    line.addLists(false).addReferrers().addDryRun();
    TargetOptions::addTo(line);
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<TargetOptions> options = TargetOptions::read(line, 1);
    if (!options) {
        return console.fail(options.error());
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    const PushRequest request{
        index,           std::move(selection), name, options->target, options->movedTags,
        options->sparse, options->registry};
    return carryOut<PushTask>(
        console.runWorker<PushPlan>([&](const TaskContext &context) { return planPush(request, context); }),
        line, console);
}

} // namespace layerpool
