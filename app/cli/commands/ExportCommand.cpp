// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "task/ExportPlan.h"

namespace layerpool {

ExitStatus runExport(const QStringList &words, Console &console)
{
    CommandLine line(
        "export",
        Text::tr("Lays images of a pool, all of them where no list is given, out for other tools, "
                 "by hard links: as folders of skopeo's, or as an OCI layout. One that is there "
                 "grows."),
        {QStringLiteral("POOL"), QStringLiteral("OUTDIR")});
    line.addLists(false).addReferrers().addDryRun();
    const QString format = QStringLiteral("format");
    line.addValue(format,
                  Text::tr("A folder NAME:TAG for each image, as skopeo sync reads them, or one OCI layout."),
                  QStringLiteral("skopeo-dir|oci-layout"));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const QStringList formats{QStringLiteral("skopeo-dir"), QStringLiteral("oci-layout")};
    const Result<qsizetype> chosen = line.choice(format, formats);
    if (!chosen) {
        return console.fail(chosen.error());
    }
    if (line.value(format).isEmpty()) {
        return console.fail({ErrorKind::BadInput,
                             Text::tr("--%1 is missing").arg(format),
                             {},
                             Text::tr("Write one of: %1").arg(formats.join(QStringLiteral(", ")))});
    }
    if (isBundleThere(line.argument(0))) {
        return console.fail(noExportOfBundle(line.argument(0)));
    }
    auto source = readSelection(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&source)) {
        return *ended;
    }
    auto &[index, selection, name] = std::get<PoolSelection>(source);
    const ExportRequest request{name, line.argument(1), static_cast<ExportFormat>(*chosen)};
    Result<ExportPlan> plan = console.runWorker<ExportPlan>(
        [&, index = index, selection = std::move(selection)](const TaskContext &context) mutable {
            context.progress.setPhase(Text::tr("Looking at the folder"));
            return planExport(index, std::move(selection), request, context.cancel);
        });
    return carryOut<ExportTask>(std::move(plan), line, console);
}

} // namespace layerpool
