// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"

#include <QFileInfo>

namespace layerpool {
namespace {

std::variant<BundleContent, ExitStatus> contentOfBundle(const QString &path, Console &console)
{
    const Result<BundleContent> content = console.runWorker<BundleContent>([&](const TaskContext &context) {
        context.progress.setPhase(Text::tr("Reading the bundle"));
        return inventoryOfBundle(path, context.cancel);
    });
    if (!content) {
        return console.fail(content.error());
    }
    return *content;
}

std::variant<BundleContent, ExitStatus> contentOfPool(const QString &path, Console &console)
{
    auto pool = readPool(path, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    return contentOf(Selection::ofAll(*std::get<0>(pool)));
}

} // namespace

ExitStatus runInventory(const QStringList &words, Console &console)
{
    CommandLine line(
        "inventory",
        Text::tr("Writes every digest that a pool or a bundle has, by repository: what a bundle for "
                 "those who have them can leave out (tar --exclude)."),
        {QStringLiteral("SOURCE"), QStringLiteral("OUTFILE")});
    line.addFlag(QStringLiteral("force"), Text::tr("Replace OUTFILE where it exists."));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const QString source = line.argument(0);
    auto read =
        QFileInfo(source).isFile() ? contentOfBundle(source, console) : contentOfPool(source, console);
    if (const auto *ended = std::get_if<ExitStatus>(&read)) {
        return *ended;
    }
    const BundleContent &content = std::get<BundleContent>(read);
    if (Status written = writeInventory(line.argument(1), content, line.isSet(QStringLiteral("force")));
        !written) {
        return console.fail(written.error(), ExitStatus::Storage);
    }
    const auto repositories = static_cast<int>(content.repositories.size());
    const auto blobs = static_cast<int>(content.blobs.size());
    console.print(Text::tr("%1 with %2, %3", "repositories, blobs, bytes")
                      .arg(Text::tr("%n repositories", nullptr, repositories),
                           Text::tr("%n blob(s)", nullptr, blobs), formatBytes(content.blobBytes)));
    console.printJson({{QStringLiteral("event"), QStringLiteral("inventory")},
                       {QStringLiteral("repositories"), repositories},
                       {QStringLiteral("blobs"), blobs},
                       {QStringLiteral("bytes"), content.blobBytes}});
    return console.succeed();
}

} // namespace layerpool
