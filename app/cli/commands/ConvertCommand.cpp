// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"

#include "base/Text.h"
#include "task/ConvertPlan.h"

namespace layerpool {
namespace {

Result<PlatformChoice> platformsOf(const CommandLine &line)
{
    PlatformChoice choice;
    choice.all = line.isSet(QStringLiteral("all-platforms"));
    for (const QString &text : line.values(QStringLiteral("platform"))) {
        const std::optional<Platform> platform = Platform::parse(text);
        if (!platform) {
            return Error{ErrorKind::BadInput,
                         Text::tr("--platform does not take “%1”").arg(text),
                         Text::tr("a platform is OS/ARCHITECTURE, as linux/amd64"),
                         {}};
        }
        choice.platforms.push_back(*platform);
    }
    if (choice.all && !choice.platforms.empty()) {
        return Error{
            ErrorKind::BadInput, Text::tr("--platform and --all-platforms exclude each other"), {}, {}};
    }
    return choice;
}

} // namespace

ExitStatus runConvert(const QStringList &words, Console &console)
{
    CommandLine line("convert", Text::tr("Downloads the images of a list into a pool, each layer once."),
                     {QStringLiteral("POOL")});
    line.addLists(true).addSource().addDryRun();
    line.addValue(
        QStringLiteral("platform"),
        Text::tr(
            "Take this platform (linux/amd64). May be repeated: the index is then kept with just these, and "
            "their attestations."),
        QStringLiteral("OS/ARCH"));
    line.addFlag(QStringLiteral("all-platforms"), Text::tr("Keep every platform of every image."));
    line.addFlag(
        QStringLiteral("foreign-layers"),
        Text::tr("Fetch foreign layers too, from the registry or from where their vendor keeps them."));
    line.addReferrers();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<PlatformChoice> platforms = platformsOf(line);
    const Result<NamingRules> naming = line.naming();
    const Result<RegistryOptions> registry = line.registry();
    if (!platforms || !naming || !registry) {
        return console.fail(!platforms ? platforms.error() : !naming ? naming.error() : registry.error());
    }
    const Result<std::optional<ImagesList>> list = line.lists(console);
    if (!list) {
        return console.fail(list.error());
    }
    const ConvertRequest request{line.argument(0),
                                 line.listName(),
                                 (*list)->images(),
                                 *naming,
                                 *platforms,
                                 *registry,
                                 line.isSet(QStringLiteral("foreign-layers")),
                                 line.takesReferrers()};
    Result<ConvertPlan> plan = console.runWorker<ConvertPlan>(
        [&](const TaskContext &context) { return planConvert(request, context); });
    return carryOut<ConvertTask>(std::move(plan), line, console);
}

} // namespace layerpool
