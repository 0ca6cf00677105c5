// SPDX-License-Identifier: Apache-2.0
#include "pool/NewPool.h"
#include "task/ConvertRun.h"
#include "task/PlanParts.h"
#include "task/TransferCrew.h"

#include <QDir>

namespace layerpool {
namespace {

// Each blob to fetch is a part, in the plan's order.
std::shared_ptr<TaskWork> workOf(const ConvertPlan &plan)
{
    QStringList lines;
    for (const ConvertImage &image : plan.images) {
        lines << image.line;
    }
    for (const ImageFailure &failure : plan.failures) {
        lines << failure.image;
    }
    std::vector<TaskWork::Part> parts;
    for (const ConvertPlan::Blob &blob : plan.toFetch) {
        TaskWork::Part part{blob.descriptor.digest, blob.descriptor.size, {}};
        for (const ConvertPlan::Need &need : blob.needs) {
            const auto image = static_cast<std::uint32_t>(need.image);
            if (part.images.empty() || part.images.back() != image) { // for itself and for its signature
                part.images.push_back(image);
            }
        }
        parts.push_back(std::move(part));
    }
    return std::make_shared<TaskWork>(std::move(lines), parts);
}

Status fetchAll(const ConvertPlan &plan, const TaskContext &context, TaskWork &work, TaskResult &result)
{
    const Result<Pool> pool = Pool::openOrCreate(plan.request.poolPath);
    if (!pool) {
        return pool.error();
    }
    const Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*pool);
    if (!writer) {
        return writer.error();
    }
    const Result<std::unique_ptr<RegistryAccess>> access =
        RegistryAccess::createForTask(plan.request.registry);
    if (!access) {
        return access.error();
    }
    ConvertRun run(plan, context, **writer, work, result);
    run.start();
    TransferCrew crew(**access, context);
    crew.forEach(plan.toFetch.size(), [&](std::size_t i, RegistryClient &client) { run.fetch(i, client); });
    run.finish();
    return {};
}

} // namespace

ConvertTask::ConvertTask(ConvertPlan plan) : m_plan(std::move(plan)) {}

QString ConvertTask::title() const
{
    return Text::tr("Convert %1 into %2")
        .arg(m_plan.request.listName, QDir::toNativeSeparators(m_plan.request.poolPath));
}

TaskResult ConvertTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    context.progress.setPhase(Text::tr("Fetching"));
    context.progress.imagesDone = 0;
    context.progress.imagesTotal = static_cast<qint64>(m_plan.images.size() + m_plan.failures.size());
    context.progress.bytesTotal = m_plan.fetchBytes;
    context.progress.bytesKept = m_plan.keptBytes;
    const std::shared_ptr<TaskWork> work = workOf(m_plan);
    context.progress.setWork(work);

    reportFailures(m_plan.failures, context, result);
    if (m_plan.keptBytes > 0) {
        context.report({TaskEvent::Kind::Notice, leftByAnEarlierRun(m_plan), {}});
    }
    if (!m_plan.images.empty()) { // else no pool is made for nothing
        const NewPool place(m_plan.request.poolPath);
        if (const Status fetched = fetchAll(m_plan, context, *work, result); !fetched) {
            result.stopped = fetched.error();
            for (const ConvertImage &image : m_plan.images) {
                result.undone << image.line; // it did not even begin
            }
        }
        if (result.imagesDone == 0) {
            place.takeBack();
        }
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << Text::tr("%1 fetched, %2 were there already")
                          .arg(formatBytes(result.bytesTransferred), formatBytes(result.bytesReused));
    if (result.bytesKept > 0) {
        result.summary << Text::tr("%1 of unfinished blobs are kept for the next run")
                              .arg(formatBytes(result.bytesKept));
    }
    noteReferrers(result.referrers, result);
    noteKept(result);
    return result;
}

} // namespace layerpool
