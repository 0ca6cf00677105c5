// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"
#include "bundle/SignedBundle.h"

#include <QFileInfo>

namespace layerpool {
namespace {

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

std::variant<BundleContent, ExitStatus> contentOfPool(const QString &path, const CommandLine &line,
                                                      Console &console)
{
    auto pool = readPool(path, line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    const PoolIndex &index = *std::get<0>(pool);
    tellNotes(index.pool(), console);
    return contentOf(Selection::ofAll(index));
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
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const QString source = line.argument(0);
    auto read = QFileInfo(source).isFile() ? contentOfBundle(source, line, console)
                                           : contentOfPool(source, line, console);
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
