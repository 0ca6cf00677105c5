// SPDX-License-Identifier: Apache-2.0
#include "task/InventoryPlan.h"

#include "task/PlanParts.h"
#include "task/RegistrySearch.h"

#include <QDir>
#include <QElapsedTimer>

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

Error lacksParts(const QString &registry)
{
    return {ErrorKind::Corrupt, Text::tr("The image lacks parts at %1", "a registry").arg(registry),
            Text::tr("the inventory counts it as not there"), Text::tr("Push it again")};
}

void tellFindings(const InventoryPlan &plan, const RegistryFindings &found, const TaskContext &context,
                  TaskResult &result)
{
    for (const QString &line : found.whole) {
        context.report({TaskEvent::Kind::ImageDone, line, {}});
    }
    result.imagesDone = found.whole.size();
    const QString registry = plan.registry.toString();
    for (const QString &line : found.absent) {
        tellAbsent(line, Text::tr("%1 is not at %2", "an image, a registry").arg(line, registry), context,
                   result);
    }
    std::vector<ImageFailure> failures = found.failures;
    for (const QString &line : found.damaged) {
        failures.push_back({line, lacksParts(registry)});
    }
    reportFailures(failures, context, result);
    result.notes += found.notes;
}

Status writeFindings(const InventoryPlan &plan, const RegistryFindings &found, TaskResult &result)
{
    const bool isUnknown = !found.failures.empty() && found.whole.isEmpty() && found.damaged.isEmpty();
    if (isUnknown) {
        result.summary << Text::tr("%1 is not written").arg(QDir::toNativeSeparators(plan.file.path));
        return {};
    }
    result.summary << Text::tr("%1 of %2 images are there").arg(found.whole.size()).arg(found.images());
    return plan.file.write(found.content, result);
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
            .arg(registry.toString(), QDir::toNativeSeparators(file.path));
    summary.blocker = file.blocker();
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
