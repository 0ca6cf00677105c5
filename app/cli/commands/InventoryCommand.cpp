// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "bundle/Inventory.h"
#include "bundle/SignedBundle.h"
#include "task/InventoryPlan.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {
namespace {

const QString kListOption = QStringLiteral("list");

// Whatever lies there is meant, and so is what is written as a path.
bool isPath(const QString &source)
{
    const auto volume = VolumeName::parse(source);
    return QFileInfo::exists(source) || QDir::isAbsolutePath(source) || source.startsWith(QLatin1Char('.')) ||
           formatOf(volume ? volume->bundle : source);
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
    InventoryPlan plan{(*list)->images(), line.listName(),  *registry,
                       *options,          line.argument(1), line.isSet(QStringLiteral("force"))};
    return carryOut<InventoryTask>(Result<InventoryPlan>(std::move(plan)), line, console);
}

Result<BundleContent> readBundle(const QString &path, const SignatureRules &rules, const TaskContext &context)
{
    context.progress.setPhase(Text::tr("Reading the bundle"));
    const Result<SignatureCheck> signature =
        checkSigned(path, rules, context.cancel, [&](qint64 position, qint64 bytes) {
            context.progress.bytesDone = position;
            context.progress.bytesTotal = bytes;
        });
    if (!signature) {
        return signature.error();
    }
    Result<BundleContent> content = inventoryOfBundle(path, *signature, context.cancel);
    if (const QString found = signature->sentence(); content && !found.isEmpty()) {
        context.report({TaskEvent::Kind::Notice, found, {}});
    }
    return content;
}

std::variant<BundleContent, ExitStatus> contentOfBundle(const QString &path, const CommandLine &line,
                                                        Console &console)
{
    const Result<SignatureOptions> signature = SignatureOptions::read(line);
    const Result<SignatureRules> rules = signature ? signature->rules() : signature.error();
    if (!rules) {
        return console.fail(rules.error());
    }
    const Result<BundleContent> content = console.runWorker<BundleContent>(
        [&](const TaskContext &context) { return readBundle(path, *rules, context); });
    if (!content) {
        return console.fail(content.error());
    }
    return *content;
}

std::variant<BundleContent, ExitStatus> contentOfPool(const CommandLine &line, Console &console)
{
    const auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    const auto &[index, selection, name] = std::get<PoolSelection>(source);
    tellNotes(index->pool(), console);
    for (const Selection::Absent &absent : selection.absent) { // an inventory does without them
        console.note(absent.error.sentenceAbout(absent.line, absent.error.options));
    }
    return inventoryOf(*index, selection);
}

std::variant<BundleContent, ExitStatus> contentOfPath(const CommandLine &line, Console &console)
{
    const QString path = line.argument(0);
    return QFileInfo(path).isFile() && !line.isSet(kListOption) ? contentOfBundle(path, line, console)
                                                                : contentOfPool(line, console);
}

ExitStatus inventoryOfPath(const CommandLine &line, Console &console)
{
    const auto read = contentOfPath(line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&read)) {
        return *ended;
    }
    const BundleContent &content = std::get<BundleContent>(read);
    if (Status written = writeInventory(line.argument(1), content, line.isSet(QStringLiteral("force")));
        !written) {
        return console.fail(written.error(), ExitStatus::Storage);
    }
    console.print(describe(content));
    console.printJson({{QStringLiteral("event"), QStringLiteral("inventory")},
                       {QStringLiteral("repositories"), static_cast<int>(content.repositories.size())},
                       {QStringLiteral("blobs"), static_cast<int>(content.blobs.size())},
                       {QStringLiteral("bytes"), content.blobBytes}});
    return console.succeed();
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
    const bool isRegistry = !isPath(source) && RegistryAddress::parse(source);
    if (isRegistry && line.isSet(kListOption)) {
        return inventoryOfRegistry(line, console);
    }
    if (const Result<Pool> pool = Pool::open(source); isRegistry && !pool) {
        Error error = pool.error();
        error.hint = Text::tr("If it is a registry, say which images to look for: --list FILE");
        return console.fail(error, ExitStatus::Storage);
    }
    return inventoryOfPath(line, console);
}

} // namespace layerpool
