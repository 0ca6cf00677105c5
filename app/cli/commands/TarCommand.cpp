// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "KeyPassword.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"
#include "bundle/BundleTool.h"
#include "bundle/BundleVolumes.h"
#include "bundle/Inventory.h"
#include "task/TarPlan.h"

#include <QCoreApplication>

namespace layerpool {
namespace {

const QString kSign = QStringLiteral("sign");
const QString kVolumes = QStringLiteral("volume-size");
const QString kOnlyVolume = QStringLiteral("only-volume");
const QString kWithTool = QStringLiteral("with-tool");

/// 0 for all volumes. Nothing else of the bundle is written then.
Result<int> onlyVolumeOf(const CommandLine &line)
{
    if (!line.isSet(kOnlyVolume)) {
        return 0;
    }
    if (!line.isSet(kVolumes)) {
        return Error{ErrorKind::BadInput,
                     Text::tr("--only-volume needs the size of the volumes"),
                     {},
                     Text::tr("Give --volume-size as the bundle was made with")};
    }
    if (line.isSet(kSign)) {
        return Error{
            ErrorKind::BadInput,
            Text::tr("--only-volume signs nothing"),
            Text::tr("the sums that lie beside the bundle stay as they are, and so does their signature"),
            {}};
    }
    return line.number(kOnlyVolume, {1, static_cast<int>(mostVolumes)});
}

/// Null where nobody signs.
Result<std::shared_ptr<const SecretKey>> signerOf(const CommandLine &line, Console &console)
{
    if (!line.isSet(kSign)) {
        return std::shared_ptr<const SecretKey>();
    }
    Result<SecretKey> key = openSecretKey(line.value(kSign), line, console);
    return key ? Result(std::make_shared<const SecretKey>(*std::move(key))) : key.error();
}

/// None where it was not asked for.
Result<std::optional<ToolFile>> toolOf(const CommandLine &line, Console &console)
{
    if (!line.isSet(kWithTool)) {
        return std::optional<ToolFile>();
    }
    Result<ToolFile> tool = console.runWorker<ToolFile>([](const TaskContext &context) {
        return readTool(QCoreApplication::applicationDirPath(), context.cancel);
    });
    return tool ? Result(std::optional(*std::move(tool))) : tool.error();
}

} // namespace

ExitStatus runTar(const QStringList &words, Console &console)
{
    CommandLine line(
        "tar",
        Text::tr("Packs images of a pool, all of them where no list is given, into one bundle in "
                 "the registry's layout: .tar, .tar.zst, .tar.gz or .zip, by OUTFILE's ending."),
        {QStringLiteral("POOL"), QStringLiteral("OUTFILE")});
    line.addLists(false).addReferrers().addDryRun();
    line.addFlag(QStringLiteral("force"), Text::tr("Replace OUTFILE where it exists."));
    line.addFlag(QStringLiteral("no-report"),
                 Text::tr("Write no report beside OUTFILE for those who approve the transfer: "
                          "NAME.report.html, .csv and .json."));
    const QString exclude = QStringLiteral("exclude");
    line.addValue(
        exclude,
        Text::tr("Leave out the layers that the far side has by this inventory, and without --list the "
                 "images that it has as they are here. May be given several times."),
        QStringLiteral("INVENTORY"));
    line.addValue(kVolumes,
                  Text::tr("Write volumes of this size: OUTFILE.001, OUTFILE.002 and so on. fat32, dvd and "
                           "bluray are sizes too."),
                  QStringLiteral("SIZE"));
    line.addValue(
        kOnlyVolume,
        Text::tr("Write this volume alone, byte for byte as among all of them: for a disc that went bad. "
                 "Its sum must be the one in NAME.sha256 where that lies beside OUTFILE."),
        QStringLiteral("N"));
    line.addValue(
        kSign,
        Text::tr(
            "Sign NAME.sha256 beside OUTFILE with this secret key, of “key new” or minisign's; its password "
            "is asked for."),
        QStringLiteral("KEYFILE"));
    addKeyPassword(line);
    line.addFlag(
        kWithTool,
        Text::tr("Put a portable build of the program into the bundle, for a far side that has none: "
                 "layerpool-cli-portable or Layerpool*.AppImage beside this program, or in "
                 "../share/layerpool."));
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<qint64> volumeBytes = volumeBytesOf(line.value(kVolumes));
    const Result<int> onlyVolume = onlyVolumeOf(line);
    if (!volumeBytes || !onlyVolume) {
        return console.fail(volumeBytes ? onlyVolume.error() : volumeBytes.error());
    }
    const Result<std::shared_ptr<const SecretKey>> signer = signerOf(line, console);
    if (!signer) {
        return console.fail(signer.error());
    }
    Result<std::optional<ToolFile>> tool = toolOf(line, console);
    if (!tool) {
        return console.fail(tool.error());
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
    TarRequest request{.name = name, .target = line.argument(1)};
    request.replaces = line.isSet(QStringLiteral("force"));
    request.report = !line.isSet(QStringLiteral("no-report"));
    request.volumeBytes = *volumeBytes;
    request.onlyVolume = *onlyVolume;
    request.far = std::move(far);
    request.referrers = line.takesReferrers() ? TakeReferrers::Yes : TakeReferrers::No;
    request.signer = *signer;
    request.tool = *std::move(tool);
    return carryOut<TarTask>(planTar(index, std::move(selection), std::move(request)), line, console);
}

} // namespace layerpool
