// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "task/InventoryPlan.h"
#include "task/PoolInventoryPlan.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {
namespace {

const QString kListOption = QStringLiteral("list");

// Whatever lies there is meant, and so is what is written as a path.
bool isPath(const QString &source)
{
    return QFileInfo::exists(source) || QDir::isAbsolutePath(source) || source.startsWith(QLatin1Char('.')) ||
           formatOf(bundleNamedBy(source));
}

// As in a reference: a name without a dot or a port is no host's, but that of a pool that is not there.
bool looksLikeHost(const QString &source)
{
    const QString first = source.section(QLatin1Char('/'), 0, 0);
    return first == QLatin1String("localhost") || first.contains(QLatin1Char('.')) ||
           first.contains(QLatin1Char(':'));
}

Error withoutList(const QString &source)
{
    return {ErrorKind::BadInput, Text::tr("There is no inventory of all that %1 has").arg(source),
            Text::tr("a registry is asked for the images of a list, and no pool lies there"),
            Text::tr("If it is a registry, say which images to look for: --list FILE")};
}

InventoryFile fileOf(const CommandLine &line)
{
    return {line.argument(1), line.isSet(QStringLiteral("force"))};
}

ExitStatus inventoryOfRegistry(const CommandLine &line, Console &console)
{
    const Result<RegistryAddress> registry = RegistryAddress::parse(line.argument(0));
    const Result<RegistryOptions> options = line.registry();
    if (!registry || !options) {
        return console.fail(registry ? options.error() : registry.error());
    }
    const Result<std::optional<ImagesList>> list = line.lists(console);
    if (!list) {
        return console.fail(list.error());
    }
    InventoryPlan plan{(*list)->images(), line.listName(), *registry, *options, fileOf(line)};
    return carryOut<InventoryTask>(Result<InventoryPlan>(std::move(plan)), line, console);
}

ExitStatus inventoryOfPool(const CommandLine &line, Console &console)
{
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    PoolInventoryPlan plan{index, std::move(selection), name, fileOf(line)};
    return carryOut<PoolInventoryTask>(Result<PoolInventoryPlan>(std::move(plan)), line, console);
}

} // namespace

ExitStatus runInventory(const QStringList &words, Console &console)
{
    CommandLine line(
        "inventory",
        Text::tr("Writes every digest that a pool or a bundle has, or a registry of the images of a list, by "
                 "repository: what a bundle for those who have them can leave out (tar --exclude)."),
        {QStringLiteral("POOL|BUNDLE|REGISTRY[/PREFIX]"), QStringLiteral("OUTFILE")});
    line.addLists(false).addRegistry();
    line.addFlag(QStringLiteral("force"), Text::tr("Replace OUTFILE where it exists."));
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const QString source = line.argument(0);
    if (isPath(source)) {
        return inventoryOfPool(line, console);
    }
    if (looksLikeHost(source)) {
        return line.isSet(kListOption) ? inventoryOfRegistry(line, console)
                                       : console.fail(withoutList(source));
    }
    Error error{ErrorKind::NotFound, Text::tr("There is no pool at %1").arg(source), {}, {}};
    error.hint = Text::tr("If it is a registry, write its port too, as in %1:443", "a host")
                     .arg(source.section(QLatin1Char('/'), 0, 0));
    return console.fail(error, ExitStatus::Storage);
}

} // namespace layerpool
