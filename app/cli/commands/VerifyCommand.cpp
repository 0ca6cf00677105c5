// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"
#include "TargetOptions.h"

#include "base/Text.h"
#include "bundle/BundlePool.h"
#include "task/VerifyPlan.h"
#include "task/VerifyTargetPlan.h"

namespace layerpool {
namespace {

const QString kAgainst = QStringLiteral("against");

ExitStatus verifyPool(const CommandLine &line, Console &console)
{
    const QStringList useless =
        TargetOptions::names() + QStringList{QStringLiteral("list"), QStringLiteral("skip-bad-lines")};
    for (const QString &option : useless) {
        if (line.isSet(option)) {
            return console.fail({ErrorKind::BadInput,
                                 Text::tr("--%1 is of no use without --against").arg(option),
                                 {},
                                 Text::tr("See layerpool-cli verify --help")});
        }
    }
    const QString path = line.argument(0);
    if (const Result<Pool> pool = Pool::open(path); !pool && !isBundle(path) &&
                                                    pool.error().kind == ErrorKind::NotFound &&
                                                    RegistryAddress::parse(path)) {
        Error error = pool.error();
        error.hint = Text::tr("If it is a registry, say what to hold it against: --against POOL");
        return console.fail(error, ExitStatus::Storage);
    }
    auto pool = readPool(path, line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    return carryOut<VerifyTask>(Result<VerifyPlan>(VerifyPlan{std::get<0>(std::move(pool))}), line, console);
}

ExitStatus verifyRegistry(const CommandLine &line, Console &console)
{
    const Result<TargetOptions> options = TargetOptions::read(line, 0);
    if (!options) {
        return console.fail(options.error());
    }
    auto source = readSelection(line.value(kAgainst), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    VerifyTargetPlan plan{index,           std::move(selection), name, options->target, options->movedTags,
                          options->sparse, options->registry};
    return carryOut<VerifyTargetTask>(Result<VerifyTargetPlan>(std::move(plan)), line, console);
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
    line.addLists(false).addReferrers().addDryRun();
    TargetOptions::addTo(line);
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    return line.isSet(kAgainst) ? verifyRegistry(line, console) : verifyPool(line, console);
}

} // namespace layerpool
