// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/VerifyPlan.h"
#include "task/VerifyTargetPlan.h"

namespace layerpool {
namespace {

const QString kAgainst = QStringLiteral("against");

ExitStatus verifyPool(const CommandLine &line, Console &console)
{
    for (const QString &option :
         {QStringLiteral("list"), QStringLiteral("skip-bad-lines"), QStringLiteral("sparse")}) {
        if (line.isSet(option)) {
            return console.fail({ErrorKind::BadInput,
                                 Text::tr("--%1 is of no use without --against").arg(option),
                                 {},
                                 Text::tr("See layerpool-cli verify --help")});
        }
    }
    auto pool = readPool(line.argument(0), console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    return carryOut<VerifyTask>(Result<VerifyPlan>(VerifyPlan{std::get<0>(std::move(pool))}), line, console);
}

ExitStatus verifyRegistry(const CommandLine &line, Console &console)
{
    const Result<RegistryAddress> target = RegistryAddress::parse(line.argument(0));
    const Result<RegistryOptions> registry = line.registry();
    const Result<SparseIndexes> sparse = line.sparse();
    if (!target || !registry || !sparse) {
        return console.fail(!target ? target.error() : !registry ? registry.error() : sparse.error());
    }
    auto source = readSelection(line.value(kAgainst), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name, badLines] = std::get<PoolSelection>(source);
    VerifyTargetPlan plan{index, std::move(selection), name, *target, *sparse, *registry};
    return carryOut<VerifyTargetTask>(Result<VerifyTargetPlan>(std::move(plan)), line, console, badLines);
}

} // namespace

ExitStatus runVerify(const QStringList &words, Console &console)
{
    CommandLine line(
        "verify",
        Text::tr("Reads and hashes every blob of a pool, and looks at every link. With --against it "
                 "asks a registry for every tag, manifest and blob that a pool's images have."),
        {QStringLiteral("POOL|REGISTRY[/PREFIX]")});
    line.addValue(
        kAgainst,
        Text::tr("After a push: ask the registry for all that the images of this pool have; nothing is "
                 "downloaded."),
        QStringLiteral("SOURCE"));
    line.addLists(false).addRegistry().addReferrers().addSparse().addDryRun();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    return line.isSet(kAgainst) ? verifyRegistry(line, console) : verifyPool(line, console);
}

} // namespace layerpool
