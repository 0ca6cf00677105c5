// SPDX-License-Identifier: Apache-2.0
#include "task/InventoryPlan.h"

#include "base/OutputFiles.h"
#include "bundle/Inventory.h"
#include "task/PlanParts.h"
#include "task/RegistrySearch.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

namespace layerpool {
namespace {

QStringList linesOf(const InventoryPlan &plan)
{
    QStringList lines;
    for (const ListLine &line : plan.lines) {
        lines << line.text;
    }
    return lines;
}

void tellFindings(const InventoryPlan &plan, const RegistryFindings &found, const TaskContext &context,
                  TaskResult &result)
{
    for (const QString &line : found.whole) {
        context.report({TaskEvent::Kind::ImageDone, line, {}});
    }
    result.imagesDone = found.whole.size();
    reportFailures(found.failures, context, result);
    const QString registry = plan.registry.toString();
    for (const QString &line : found.absent) {
        result.notes << Text::tr("%1 is not at %2", "an image, a registry").arg(line, registry);
    }
    for (const QString &line : found.damaged) {
        result.notes
            << Text::tr("%1 lacks parts at %2: the inventory counts it as not there").arg(line, registry);
    }
}

Status writeFindings(const InventoryPlan &plan, const RegistryFindings &found, TaskResult &result)
{
    const bool isUnknown = !found.failures.empty() && found.whole.isEmpty() && found.damaged.isEmpty();
    const QString path = QDir::toNativeSeparators(plan.target);
    if (isUnknown) {
        result.summary << Text::tr("%1 is not written").arg(path);
        return {};
    }
    if (Status written = writeInventory(plan.target, found.content, plan.replaces); !written) {
        return written;
    }
    result.bytesWritten = QFileInfo(plan.target).size();
    result.summary << Text::tr("%1 of %2 images are there").arg(found.whole.size()).arg(found.lines.size())
                   << QStringLiteral("%1: %2").arg(path, describe(found.content));
    return {};
}

} // namespace

PlanSummary InventoryPlan::summary() const
{
    const int count = static_cast<int>(lines.size());
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Look for %n image(s)", nullptr, count);
    summary.sentence =
        Text::tr("Ask %1 for %n image(s), and write what it has of them into %2", nullptr, count)
            .arg(registry.toString(), QDir::toNativeSeparators(target));
    if (!replaces && QFileInfo::exists(target)) {
        summary.blocker = nameTaken(target);
    }
    return summary;
}

InventoryTask::InventoryTask(InventoryPlan plan) : m_plan(std::move(plan)) {}

QString InventoryTask::title() const
{
    return Text::tr("Inventory of %1 for %2", "a registry, a list")
        .arg(m_plan.registry.toString(), m_plan.name);
}

TaskResult InventoryTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    const auto stoppedBy = [&](const Error &error) {
        result.stopped = error;
        result.undone = linesOf(m_plan); // half an inventory would be taken for a whole one
        return result;
    };
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::createForTask(m_plan.options);
    if (!access) {
        return stoppedBy(access.error());
    }
    context.progress.setPhase(Text::tr("Asking the registry"));
    // Where nobody answers, that is said once, and not of each image.
    HttpClient client((*access)->network(), context.cancel);
    if (const auto there = (*access)->endpoint(m_plan.registry.host, client); !there) {
        return stoppedBy(there.error());
    }
    TransferCrew crew(**access, context);
    const RegistryFindings found = searchRegistry(m_plan.lines, m_plan.registry, crew, context);
    if (context.cancel.isCancelled()) {
        return stoppedBy(cancelledError());
    }
    if (const Status written = writeFindings(m_plan, found, result); !written) {
        return stoppedBy(written.error());
    }
    tellFindings(m_plan, found, context, result);
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return result;
}

} // namespace layerpool
