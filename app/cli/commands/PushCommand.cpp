// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/PushPlan.h"

namespace layerpool {
namespace {

Result<MovedTags> movedTagsOf(const CommandLine &line)
{
    const QString word = line.value(QStringLiteral("tags"));
    if (word.isEmpty() || word == QLatin1String("move")) {
        return MovedTags::Move;
    }
    if (word == QLatin1String("keep")) {
        return MovedTags::Keep;
    }
    return Error{ErrorKind::BadInput,
                 Text::tr("--tags does not take “%1”").arg(word),
                 Text::tr("it is “keep” or “move”"),
                 {}};
}

} // namespace

ExitStatus runPush(const QStringList &words, Console &console)
{
    CommandLine line("push",
                     Text::tr("Sends images of a pool, all of them where no list is given, to a registry. "
                              "What is there is not sent again."),
                     {QStringLiteral("SOURCE"), QStringLiteral("REGISTRY[/PREFIX]")});
    line.addLists(false).addRegistry().addDryRun();
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
    const Result<MovedTags> movedTags = movedTagsOf(line);
    if (!target || !registry || !movedTags) {
        return console.fail(!target ? target.error() : !registry ? registry.error() : movedTags.error());
    }
    auto source = readSelection(line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name, badLines] = std::get<PoolSelection>(source);
    const PushRequest request{index, std::move(selection), name, *target, *movedTags, *registry};
    return carryOut<PushTask>(
        console.runWorker<PushPlan>([&](const TaskContext &context) { return planPush(request, context); }),
        line, console, badLines);
}

} // namespace layerpool
