// SPDX-License-Identifier: Apache-2.0
#include "bundle/ImageSource.h"
#include "bundle/BundleRefusal.h"
#include "bundle/BundleSumCheck.h"
#include "bundle/BundleVolumes.h"
#include "bundle/SignedBundle.h"
#include "pool/NewPool.h"
#include "task/ImportIntake.h"
#include "task/ImportRun.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

class Import
{
public:
    Import(const ImportPlan &plan, const TaskContext &context, TaskResult &result)
        : m_plan(plan), m_context(context), m_result(result)
    {
    }

    Status run()
    {
        const NewPool place(m_plan.request.poolPath);
        const Status done = fill();
        if (!done) {
            place.takeBack();
        }
        return done;
    }

    QStringList undone() const
    {
        QStringList lines = m_plan.lines();
        lines.removeIf([this](const QString &line) { return m_settled.contains(line); });
        return lines;
    }

private:
    Status fill()
    {
        const Result<Pool> pool = Pool::openOrCreate(m_plan.request.poolPath);
        if (!pool) {
            return pool.error();
        }
        const Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*pool);
        if (!writer) {
            return writer.error();
        }
        ImportIntake intake(**writer, m_context);
        const Status done = takeAndPublish(**writer, intake);
        m_result.bytesWritten = intake.written();
        m_result.bytesReused = intake.reused() + intake.kept();
        if (!done && done.error().kind == ErrorKind::BadInput && !m_isCutShort) {
            intake.discard();
        } else if (!done) {
            m_result.bytesKept = intake.written() + intake.kept();
        }
        return done;
    }

    Status takeAndPublish(PoolWriter &writer, ImportIntake &intake)
    {
        std::optional<BundleSumCheck> sums;
        if (m_plan.signature.kind == SignatureCheck::Kind::Verified) {
            const Result<QStringList> files = bundleFiles(m_plan.request.source);
            if (!files) {
                return files.error();
            }
            sums.emplace(*files, m_plan.signature.sums, m_context.cancel);
        }
        const Result<BundleContent> content = readBundle(intake);
        if (!content) {
            return content.error();
        }
        // The sums are those of files that were opened by their names, and so was what has just been read.
        if (Status same = checkNames(m_plan.request.source, m_plan.signature, *content); !same) {
            return same;
        }
        if (Status whole = sums ? sums->finish() : Status(); !whole) {
            return whole;
        }
        std::vector<ImportImage> images = imagesOf(*content, &writer.pool());
        const bool isAsPlanned =
            std::equal(images.begin(), images.end(), m_plan.images.begin(), m_plan.images.end(),
                       [](const ImportImage &now, const ImportImage &then) { return now.tag == then.tag; });
        if (!isAsPlanned) {
            return refusedBundle(m_plan.request.source, Text::tr("it has changed since it was first read"));
        }
        ImportRun run(m_plan, std::move(images), *content, writer, m_context, m_result);
        m_context.progress.setPhase(Text::tr("Checking images"));
        Status done = run.check();
        if (done) {
            m_context.progress.setPhase(Text::tr("Linking"));
            done = run.publish();
        }
        m_settled = run.settled();
        return done;
    }

    Result<BundleContent> readBundle(ImportIntake &intake)
    {
        const Result<std::unique_ptr<ImageSource>> reader =
            ImageSource::open(m_plan.request.source, m_plan.request.as, m_context.cancel);
        if (!reader) {
            return reader.error();
        }
        Result<BundleContent> content = (*reader)->read(
            [&](const Descriptor &blob, BlobBytes &bytes) { return intake.take(blob, bytes); });
        m_isCutShort = (*reader)->isCutShort();
        return content;
    }

    const ImportPlan &m_plan;
    const TaskContext &m_context;
    TaskResult &m_result;
    bool m_isCutShort = false;
    QSet<QString> m_settled;
};

void summarize(TaskResult &result)
{
    result.summary << Text::tr("%1 written, %2 were there already")
                          .arg(formatBytes(result.bytesWritten), formatBytes(result.bytesReused));
    if (result.bytesKept > 0) {
        result.summary
            << Text::tr("%1 of the bundle are kept for the next run").arg(formatBytes(result.bytesKept));
    }
    noteReferrers(result.referrers, result);
}

// Whoever trusts a key wants to know of each bundle who signed it.
void noteSignature(const ImportPlan &plan, TaskResult &result)
{
    const bool isAsked = !plan.request.signature.keys.empty();
    if (isAsked && plan.signature.kind != SignatureCheck::Kind::NotLookedAt && !result.stopped) {
        result.notes << plan.signature.sentence();
    }
}

} // namespace

ImportTask::ImportTask(ImportPlan plan) : m_plan(std::move(plan)) {}

QString ImportTask::title() const
{
    return Text::tr("Import %1 into %2")
        .arg(QFileInfo(QDir::cleanPath(m_plan.request.source)).fileName(),
             QDir::toNativeSeparators(m_plan.request.poolPath));
}

TaskResult ImportTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    const QStringList lines = m_plan.lines();
    context.progress.setPhase(Text::tr("Importing"));
    context.progress.imagesTotal = lines.size();
    context.progress.bytesTotal = m_plan.bundleBytes;
    context.progress.setWork(std::make_shared<TaskWork>(lines));
    Import import(m_plan, context, result);
    if (const Status done = import.run(); !done) {
        result.stopped = done.error();
        result.undone = import.undone();
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    summarize(result);
    noteSignature(m_plan, result);
    noteKept(result);
    return result;
}

} // namespace layerpool
