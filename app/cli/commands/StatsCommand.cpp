// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "PoolSource.h"
#include "SignatureOptions.h"

#include "base/Text.h"

namespace layerpool {

ExitStatus runStats(const QStringList &words, Console &console)
{
    CommandLine line(
        "stats",
        Text::tr("Says what a pool stores, what its images would take on their own, and what sharing saves."),
        {QStringLiteral("POOL")});
    SignatureOptions::addTo(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    auto pool = readPool(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    tellNotes(std::get<0>(pool)->pool(), console);
    const PoolTotals &totals = std::get<0>(pool)->totals();
    const auto row = [&](const QString &label, const QString &value) {
        console.print(label.leftJustified(14) + value.rightJustified(12));
    };
    const auto count = [](qint64 number) { return QLocale().toString(number); };
    row(Text::tr("Images"), count(totals.images));
    if (totals.referrers > 0) {
        row(Text::tr("Referrers"), count(totals.referrers));
    }
    row(Text::tr("Repositories"), count(totals.repositories));
    row(Text::tr("Blobs"), count(totals.blobs));
    row(Text::tr("Stored"), formatBytes(totals.storedBytes));
    const auto inBlobs = [](qint64 bytes, qint64 blobs) {
        return Text::tr("%1 in %n blob(s)", nullptr, static_cast<int>(blobs)).arg(formatBytes(bytes));
    };
    if (totals.leftOutBlobs > 0) {
        row(Text::tr("Left out"), inBlobs(totals.leftOutBytes, totals.leftOutBlobs));
    }
    row(Text::tr("Nominal"), formatBytes(totals.nominalBytes));
    row(Text::tr("Saved"), formatBytes(totals.savedBytes()));
    if (totals.unusedBlobs > 0) {
        row(Text::tr("Unused"), inBlobs(totals.unusedBytes, totals.unusedBlobs));
    }
    console.printJson({{QStringLiteral("event"), QStringLiteral("stats")},
                       {QStringLiteral("images"), totals.images},
                       {QStringLiteral("referrers"), totals.referrers},
                       {QStringLiteral("repositories"), totals.repositories},
                       {QStringLiteral("blobs"), totals.blobs},
                       {QStringLiteral("stored"), totals.storedBytes},
                       {QStringLiteral("nominal"), totals.nominalBytes},
                       {QStringLiteral("saved"), totals.savedBytes()},
                       {QStringLiteral("leftOutBlobs"), totals.leftOutBlobs},
                       {QStringLiteral("leftOut"), totals.leftOutBytes},
                       {QStringLiteral("unusedBlobs"), totals.unusedBlobs},
                       {QStringLiteral("unused"), totals.unusedBytes}});
    return console.succeed();
}

} // namespace layerpool
