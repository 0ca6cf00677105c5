// SPDX-License-Identifier: Apache-2.0
#include "task/SelectPlan.h"

#include "pool/PoolWriter.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <map>

namespace layerpool {
namespace {

constexpr std::size_t kImagesPerCommit = 256;

class SelectRun
{
public:
    SelectRun(const SelectPlan &plan, const TaskContext &context) : m_plan(plan), m_context(context) {}

    TaskResult run()
    {
        reportAbsent(m_plan.selection, m_context, m_result);
        if (const Status done = m_plan.selection.images.empty() ? Status() : work(); !done) {
            m_result.stopped = done.error();
            m_result.undone = undoneLines(m_plan.selection, m_settled);
        }
        return std::move(m_result);
    }

private:
    Status work()
    {
        const Result<Pool> target = Pool::openOrCreate(m_plan.target);
        if (!target) {
            return target.error();
        }
        const Result<PoolLock> lock = PoolLock::shareForReading(m_plan.index->pool());
        if (!lock) {
            return lock.error();
        }
        const Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*target);
        if (!writer) {
            return writer.error();
        }
        for (const Manifest &index : m_plan.selection.seenIndexes) {
            (*writer)->rememberIndex(index); // the small pool too must know whose its signatures are
        }
        if (Status adopted = adoptBlobs(**writer); !adopted) {
            return adopted;
        }
        return publish(**writer);
    }

    Status adoptBlobs(PoolWriter &writer)
    {
        for (const Descriptor &blob : m_plan.selection.blobs) {
            if (m_context.cancel.isCancelled()) {
                return cancelledError();
            }
            const Result<PoolWriter::Adopted> adopted =
                writer.adopt(m_plan.index->pool(), blob.digest, blob.size, m_context.cancel);
            if (!adopted && adopted.error().kind == ErrorKind::Corrupt) {
                m_bad.emplace(blob.digest, adopted.error()); // the images that need it fail, the rest goes on
                continue;
            }
            if (!adopted) {
                return storageError(adopted.error());
            }
            (*adopted == PoolWriter::Adopted::Copied ? m_result.bytesWritten : m_result.bytesReused) +=
                blob.size;
            m_context.progress.bytesDone += blob.size;
            if (writer.waiting() >= kMostCopiesOpen) {
                if (Status committed = writer.commit({}); !committed) {
                    return committed;
                }
            }
        }
        return {};
    }

    Status publish(PoolWriter &writer)
    {
        std::vector<const Selection::Image *> batch;
        for (const Selection::Image &image : m_plan.selection.images) {
            if (const Error *fault = faultOf(image)) {
                reportFailures({{image.line, *fault}}, m_context, m_result);
                m_settled.insert(image.line);
            } else {
                batch.push_back(&image);
            }
            if (batch.size() == kImagesPerCommit) {
                if (Status published = publish(writer, batch); !published) {
                    return published;
                }
                batch.clear();
            }
        }
        return publish(writer, batch);
    }

    Status publish(PoolWriter &writer, const std::vector<const Selection::Image *> &batch)
    {
        if (m_context.cancel.isCancelled()) {
            return cancelledError();
        }
        std::vector<ImageLinks> links;
        for (const Selection::Image *image : batch) {
            links.push_back(ImageLinks::of(image->tag, image->closure));
        }
        if (Status committed = writer.commit(links); !committed) {
            return storageError(committed.error());
        }
        for (const Selection::Image *image : batch) {
            if (image->isReferrer) {
                continue;
            }
            ++m_result.imagesDone;
            m_settled.insert(image->line);
            ++m_context.progress.imagesDone;
            m_context.report({TaskEvent::Kind::ImageDone, image->line, {}});
        }
        return {};
    }

    const Error *faultOf(const Selection::Image &image) const
    {
        for (const Digest &digest : image.closure.manifests) {
            if (const auto bad = m_bad.find(digest); bad != m_bad.end()) {
                return &bad->second;
            }
        }
        for (const Descriptor &blob : image.closure.blobs) {
            if (const auto bad = m_bad.find(blob.digest); bad != m_bad.end()) {
                return &bad->second;
            }
        }
        return nullptr;
    }

    static constexpr std::size_t kMostCopiesOpen = 64;

    const SelectPlan &m_plan;
    const TaskContext &m_context;
    std::map<Digest, Error> m_bad; ///< blobs of the pool that are not what they must be
    TaskResult m_result;
    QSet<QString> m_settled; ///< lines that are done or failed
};

} // namespace

Error noSelectOfBundle(const QString &path)
{
    return {ErrorKind::Unsupported, Text::tr("%1 is no folder").arg(path),
            Text::tr("images are selected out of a pool in a folder, by hard links"),
            Text::tr("Import the bundle first, or pack a smaller one out of it")};
}

Result<SelectPlan> planSelect(std::shared_ptr<const PoolIndex> index, Selection selection,
                              const QString &name, const QString &target)
{
    SelectPlan plan{std::move(index), std::move(selection), name, target};
    if (plan.index->pool().contents() != nullptr) {
        return noSelectOfBundle(plan.index->pool().path());
    }
    if (isInside(target, plan.index->pool().path())) {
        return Error{ErrorKind::Conflict, Text::tr("Cannot select into %1").arg(target),
                     Text::tr("it is the pool itself, or lies in it"), Text::tr("Choose another folder")};
    }
    if (!Pool::wouldCreate(target)) {
        const Result<Pool> there = Pool::openOrCreate(target);
        if (!there) {
            return there.error();
        }
        for (const Descriptor &blob : plan.selection.blobs) {
            plan.thereBytes += there->blobSize(blob.digest) == blob.size ? blob.size : 0;
        }
        for (const Selection::Image &image : plan.selection.images) {
            const Result<std::optional<Digest>> now = there->tagDigest(image.tag.repository, image.tag.tag);
            if (!image.isReferrer && now && *now && **now != image.tag.digest) {
                plan.moved.emplace(image.tag.toString(), **now);
            }
        }
        const Result<qint64> freeBytes = there->files().freeBytes();
        plan.freeBytes = freeBytes ? *freeBytes : 0;
    } else {
        plan.freeBytes = freeBytesAt(target);
    }
    plan.copies = !shareMount(plan.index->pool().path(), target);
    return plan;
}

PlanSummary SelectPlan::summary() const
{
    const int count = selection.imageCount();
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Select %n image(s)", nullptr, count);
    summary.sentence =
        Text::tr("Select %n image(s) of %1 into %2", nullptr, count)
            .arg(QDir::toNativeSeparators(index->pool().path()), QDir::toNativeSeparators(target));
    describeLinks({selection, moved, thereBytes, freeBytes, copies}, summary);
    noteNewFolder(target, summary);
    if (copies) {
        summary.notes << Text::tr(
            "The folder is on another file system or mount: blobs are copied, not linked");
    }
    noteReferrers(selection.referrers, summary);
    addAbsent(selection, summary);
    return summary;
}

SelectTask::SelectTask(SelectPlan plan) : m_plan(std::move(plan)) {}

QString SelectTask::title() const
{
    return Text::tr("Select %1 into %2").arg(m_plan.name, QDir::toNativeSeparators(m_plan.target));
}

TaskResult SelectTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    context.progress.setPhase(Text::tr("Linking"));
    context.progress.imagesTotal =
        m_plan.selection.imageCount() + static_cast<qint64>(m_plan.selection.absent.size());
    context.progress.bytesTotal = m_plan.selection.storedBytes;
    tellImages(m_plan.selection, context);
    TaskResult result = SelectRun(m_plan, context).run();
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << (result.bytesWritten > 0
                           ? Text::tr("%1 copied, because hard links are not possible there")
                                 .arg(formatBytes(result.bytesWritten))
                           : Text::tr("%1 shared by hard links").arg(formatBytes(result.bytesReused)));
    noteMade(m_plan.target, result);
    noteKept(result);
    noteReferrers(m_plan.selection.referrers, result);
    return result;
}

} // namespace layerpool
