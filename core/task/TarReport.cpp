// SPDX-License-Identifier: Apache-2.0
#include "task/TarReport.h"

#include "bundle/BundleIndex.h"
#include "task/TarPlan.h"

#include <QDir>
#include <QFileInfo>

namespace layerpool {

BundleReport reportOf(const TarPlan &plan, std::vector<BundleOutput::File> files)
{
    BundleReport report = BundleReport::of(*plan.index, plan.selection, plan.leftOut);
    report.name = QFileInfo(plan.request.target).fileName();
    report.format = plan.format;
    report.id = idOf(plan.content());
    report.made = QDateTime::currentDateTimeUtc();
    report.pool = QDir(plan.index->path()).dirName();
    report.contents = plan.request.name;
    report.files = std::move(files);
    report.signer = plan.request.signer ? plan.request.signer->publicKey().name() : QString();
    report.tool = plan.tool();
    report.base = plan.base;
    report.unchanged = plan.unchanged;
    return report;
}

} // namespace layerpool
