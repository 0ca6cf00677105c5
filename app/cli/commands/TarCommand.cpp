// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "bundle/Inventory.h"
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
    const QString exclude = QStringLiteral("exclude");
    line.addValue(
        exclude,
        Text::tr("Leave out the layers that the far side has by this inventory, and without --list the "
                 "images that it has as they are here. May be given several times."),
        QStringLiteral("INVENTORY"));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    std::vector<BundleContent> far;
    for (const QString &path : line.values(exclude)) {
        Result<BundleContent> inventory = readInventory(path);
        if (!inventory) {
            return console.fail(inventory.error());
        }
        far.push_back(*std::move(inventory));
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    return carryOut<TarTask>(planTar(index, std::move(selection), name, line.argument(1),
                                     line.isSet(QStringLiteral("force")), far,
                                     line.takesReferrers() ? TakeReferrers::Yes : TakeReferrers::No),
                             line, console);
}

} // namespace layerpool
