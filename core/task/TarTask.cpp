// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleIndex.h"
#include "bundle/BundleReadme.h"
#include "bundle/BundleSidecars.h"
#include "pool/PoolLock.h"
#include "task/PlanParts.h"
#include "task/TarOutput.h"
#include "task/TarReport.h"
#include "task/TarVolume.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

namespace layerpool {
namespace {

// Volumes of the bundle that was replaced would be taken for those of the new one, and its signature too.
void removeReplaced(const QStringList &before, const QStringList &names, TaskResult &result)
{
    for (const QString &path : before) {
        QFile old(path);
        if (!names.contains(QFileInfo(path).fileName()) && old.exists() && !old.remove()) {
            result.notes
                << Text::tr("%1 belongs to the bundle that was there before, and could not be removed: %2")
                       .arg(QDir::toNativeSeparators(path), old.errorString());
        }
    }
}

// Other tasks go on from where they stopped; a bundle is begun anew.
Error keepingNothing(const TarPlan &plan, Error stopped)
{
    if (stopped.kind == ErrorKind::Cancelled) {
        stopped.hint = plan.replaced.isEmpty() && plan.request.onlyVolume == 0
                           ? Text::tr("Nothing of the bundle is left behind")
                           : Text::tr("What was there before is as it was");
    } else if (stopped.kind == ErrorKind::NoSpace) {
        stopped.hint = Text::tr("Free some space, or take fewer images");
    }
    return stopped;
}

Made madeOf(const QString &target, bool hasReport)
{
    return {QFileInfo(target).absolutePath(),
            hasReport ? QFileInfo(reportPathOf(target)).absoluteFilePath() : QString()};
}

Status writeTar(const TarPlan &plan, const TaskContext &context, TaskResult &result)
{
    const QByteArray index = writeBundleIndex(plan.content());
    const auto output = BundleOutput::create(plan.request.target, plan.request.volumeBytes);
    if (!output) {
        return output.error();
    }
    const auto files = writeBundle(plan, index, **output, context);
    if (!files) {
        return files.error();
    }
    Status written = addSidecars(plan.request.target, *files, index, bundleReadme(plan.tool()),
                                 plan.request.signer.get(), **output);
    if (written && plan.request.report) {
        written = addReports(plan.request.target, reportOf(plan, *files), **output);
    }
    written = written ? checkNameIsFree(plan.request.target) : written; // it was when the plan was made
    const QStringList before = plan.request.replaces ? filesOfBundle(plan.request.target) : QStringList();
    written = written ? (*output)->publish(plan.request.replaces) : written;
    if (!written) {
        return written;
    }
    removeReplaced(before, (*output)->names(), result);
    if (const QString pdf = savedReportOf(plan.request.target); !before.isEmpty() && QFileInfo::exists(pdf)) {
        result.notes
            << Text::tr("%1 tells of the bundle that was there before").arg(QFileInfo(pdf).fileName());
    }
    if (plan.request.volumeBytes > 0) {
        result.notes << Text::tr("Written in %n volume(s): %1", nullptr, static_cast<int>(files->size()))
                            .arg(files->size() > 1
                                     ? files->front().name + QStringLiteral(" … ") + files->back().name
                                     : files->front().name);
    }
    result.notes << Text::tr("Check a copy of it with: sha256sum -c %1", "a file's name")
                        .arg(QFileInfo(sumsPathOf(plan.request.target)).fileName());
    if (plan.request.signer) {
        result.notes << Text::tr("Signed by the key %1: who has it checks with minisign -Vm %2 -p KEY.pub")
                            .arg(plan.request.signer->publicKey().name(),
                                 QFileInfo(sumsPathOf(plan.request.target)).fileName());
    }
    result.bytesWritten = (*output)->written();
    result.made = madeOf(plan.request.target, plan.request.report);
    return {};
}

Status writeUnderLock(const TarPlan &plan, const TaskContext &context, TaskResult &result)
{
    const Result<PoolLock> lock = PoolLock::shareForReading(plan.index->pool());
    if (!lock) {
        return lock.error();
    }
    return plan.request.onlyVolume > 0 ? writeOnlyVolume(plan, context, result)
                                       : writeTar(plan, context, result);
}

void tellImagesDone(const Selection &selection, const TaskContext &context, TaskResult &result)
{
    for (const Selection::Image &image : selection.images) {
        if (image.isReferrer) {
            continue;
        }
        ++result.imagesDone;
        ++context.progress.imagesDone;
        context.report({TaskEvent::Kind::ImageDone, image.line, {}});
    }
}

} // namespace

TarTask::TarTask(TarPlan plan) : m_plan(std::move(plan)) {}

QString TarTask::title() const
{
    return Text::tr("Pack %1 into %2")
        .arg(m_plan.request.name, QDir::toNativeSeparators(m_plan.request.target));
}

TaskResult TarTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    context.progress.setPhase(Text::tr("Packing"));
    context.progress.bytesTotal = m_plan.streamedBytes();
    const bool isWhole = m_plan.request.onlyVolume == 0; // one volume holds parts of images
    if (isWhole) {
        context.progress.imagesTotal =
            m_plan.selection.imageCount() + static_cast<qint64>(m_plan.selection.absent.size());
        tellImages(m_plan.selection, context);
    }
    reportAbsent(m_plan.selection, context, result);
    if (!m_plan.selection.images.empty()) {
        if (const Status written = writeUnderLock(m_plan, context, result); !written) {
            result.stopped = keepingNothing(m_plan, written.error());
            result.undone = undoneLines(m_plan.selection, {}); // half a file holds none
        } else if (isWhole) {
            tellImagesDone(m_plan.selection, context, result);
        }
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << Text::tr("%1 written").arg(formatBytes(result.bytesWritten));
    noteReferrers(isWhole ? m_plan.selection.referrers : 0, result);
    return result;
}

} // namespace layerpool
