// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/PushPlan.h"

namespace layerpool {
ExitStatus runPush(const QStringList &words, Console &console)
{
    CommandLine line("push",
                     Text::tr("Sends images of a pool, all of them where no list is given, to a registry. "
                              "What is there is not sent again."),
                     {QStringLiteral("SOURCE"), QStringLiteral("REGISTRY[/PREFIX]")});
    line.addLists(false).addRegistry().addReferrers().addDryRun().addSparse();
    line.addValue(
        QStringLiteral("tags"),
        Text::tr(
            "What becomes of tags that have another digest there: they move (the default), or keep theirs."),
        QStringLiteral("keep|move"));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<RegistryAddress> target = RegistryAddress::parse(line.argument(1));
    const Result<RegistryOptions> registry = line.registry();
    const Result<qsizetype> movedTags =
        line.choice(QStringLiteral("tags"), {QStringLiteral("move"), QStringLiteral("keep")});
    const Result<SparseIndexes> sparse = line.sparse();
    if (!target || !registry) {
        return console.fail(target ? registry.error() : target.error());
    }
    if (!movedTags || !sparse) {
        return console.fail(movedTags ? sparse.error() : movedTags.error());
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name, badLines] = std::get<PoolSelection>(source);
    const PushRequest request{
        index, std::move(selection), name, *target, static_cast<MovedTags>(*movedTags), *sparse, *registry};
    return carryOut<PushTask>(
        console.runWorker<PushPlan>([&](const TaskContext &context) { return planPush(request, context); }),
        line, console, badLines);
}

} // namespace layerpool
