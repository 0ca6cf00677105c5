// SPDX-License-Identifier: Apache-2.0
#include "task/PoolInventoryPlan.h"

#include "bundle/SelectionContent.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QElapsedTimer>

namespace layerpool {
namespace {

void tellImagesOf(const Selection &selection, const TaskContext &context, TaskResult &result)
{
    for (const Selection::Image &image : selection.images) {
        if (!image.isReferrer) {
            ++result.imagesDone;
            context.report({TaskEvent::Kind::ImageDone, image.line, {}});
        }
    }
    std::vector<ImageFailure> failures;
    for (const Selection::Absent &absent : selection.absent) {
        if (absent.error.kind == ErrorKind::NotFound) {
            tellAbsent(absent.line,
                       Error{absent.error.kind, absent.error.what, absent.error.why, {}}.sentence(), context,
                       result);
        } else {
            failures.push_back({absent.line, absent.error});
        }
    }
    reportFailures(failures, context, result);
}

} // namespace

PlanSummary PoolInventoryPlan::summary() const
{
    const int count = selection.imageCount();
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("List %n image(s)", nullptr, count);
    summary.sentence = Text::tr("Write what %n image(s) of %1 are made of into %2", nullptr, count)
                           .arg(QDir::toNativeSeparators(index->path()), QDir::toNativeSeparators(file.path));
    summary.notes = index->pool().notes();
    summary.blocker = file.blocker();
    return summary;
}

PoolInventoryTask::PoolInventoryTask(PoolInventoryPlan plan) : m_plan(std::move(plan)) {}

QString PoolInventoryTask::title() const
{
    return Text::tr("Inventory of %1", "a pool or a list").arg(m_plan.name);
}

TaskResult PoolInventoryTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    context.progress.setPhase(Text::tr("Writing the inventory"));
    if (const Status written = m_plan.file.write(contentOf(m_plan.selection), result); written) {
        tellImagesOf(m_plan.selection, context, result);
    } else {
        result.stopped = written.error();
        result.undone = undoneLines(m_plan.selection, {});
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return result;
}

} // namespace layerpool
