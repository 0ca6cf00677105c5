// SPDX-License-Identifier: Apache-2.0
#include "bundle/ExportFolder.h"
#include "bundle/LayoutIndex.h"
#include "bundle/OciLayout.h"
#include "bundle/SkopeoDirs.h"
#include "pool/PoolLock.h"
#include "task/ExportPlan.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSet>

#include <set>

namespace layerpool {
namespace {

constexpr std::size_t kImagesPerExport = 256; // between two times that the disk is brought up to date

class ExportRun
{
public:
    ExportRun(const ExportPlan &plan, const TaskContext &context) : m_plan(plan), m_context(context) {}

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
    struct Ready
    {
        const Selection::Image *image;
        Manifest root;
    };

    bool isLayout() const { return m_plan.request.format == ExportFormat::OciLayout; }

    Status work()
    {
        const Result<PoolLock> lock = PoolLock::shareForReading(m_plan.index->pool());
        if (!lock) {
            return lock.error();
        }
        Result<ExportFolder> folder = ExportFolder::open(m_plan.request.target);
        if (!folder) {
            return folder.error();
        }
        Result<LayoutIndex> index =
            isLayout() ? LayoutIndex::read(folder->files()) : Result<LayoutIndex>(LayoutIndex());
        if (!index) {
            return index.error();
        }
        m_folder = &*folder;
        m_index = &*index;
        if (Status marked = isLayout() ? mark() : Status(); !marked) {
            return marked;
        }
        std::vector<Ready> batch;
        for (const Selection::Image &image : m_plan.selection.images) {
            if (Status added = add(image, batch); !added) {
                return storageError(added.error());
            }
            if (batch.size() == kImagesPerExport) {
                if (Status named = name(batch); !named) {
                    return storageError(named.error());
                }
                batch.clear();
            }
        }
        const Status named = name(batch);
        return named ? named : storageError(named.error());
    }

    // A layout that is there keeps what it says of itself.
    Status mark()
    {
        return m_folder->files().fileSize(ocilayout::markFile)
                   ? Status()
                   : m_folder->write(ocilayout::markFile, QByteArrayView(ocilayout::mark));
    }

    // All that an image is made of. One that is damaged in the pool fails, and the rest goes on.
    Status add(const Selection::Image &image, std::vector<Ready> &batch)
    {
        Result<Manifest> root = addParts(image);
        if (root) {
            batch.push_back({&image, *std::move(root)});
            return {};
        }
        const ErrorKind kind = root.error().kind;
        const bool isImages =
            kind == ErrorKind::Corrupt || kind == ErrorKind::NotFound || kind == ErrorKind::Unsupported;
        if (!isImages) {
            return root.error();
        }
        reportFailures({{image.line, root.error()}}, m_context, m_result);
        m_settled.insert(image.line);
        return {};
    }

    Result<Manifest> addParts(const Selection::Image &image)
    {
        for (const Descriptor &blob : image.closure.blobs) {
            if (m_context.cancel.isCancelled()) {
                return cancelledError();
            }
            if (Status taken = take(blob, m_plan.blobFile(image, blob.digest)); !taken) {
                return taken.error();
            }
        }
        Result<Manifest> last = Error{ErrorKind::NotFound, image.line, {}, {}};
        for (const Digest &digest : image.closure.manifests) { // the root comes last
            last = m_plan.index->pool().manifest(digest);
            if (!last) {
                return last;
            }
            if (Status written = isLayout() || digest != image.tag.digest
                                     ? addManifest(*last, m_plan.manifestFile(image, digest))
                                     : Status();
                !written) {
                return written.error();
            }
        }
        const QByteArray version = image.tag.toString().toLatin1() + '/' + skopeodir::versionFile;
        if (!isLayout() && !m_folder->files().fileSize(version)) {
            if (Status written = m_folder->write(version, QByteArrayView(skopeodir::version)); !written) {
                return written.error();
            }
        }
        return last;
    }

    Status take(const Descriptor &blob, const QByteArray &file)
    {
        if (isLayout() && !m_taken.insert(blob.digest).second) {
            return {};
        }
        const auto taken = m_folder->take(m_plan.index->pool(), blob, file, m_context.cancel);
        if (!taken) {
            return taken.error();
        }
        (*taken == ExportFolder::Taken::Copied ? m_result.bytesWritten : m_result.bytesReused) += blob.size;
        m_context.progress.bytesDone += blob.size;
        return {};
    }

    // Written anew, never linked: tools write a manifest in place, and it would be the pool's.
    Status addManifest(const Manifest &manifest, const QByteArray &file)
    {
        m_context.progress.bytesDone += manifest.size();
        return m_folder->files().fileSize(file) == manifest.size() ? Status()
                                                                   : m_folder->write(file, manifest.bytes());
    }

    // What a tool looks for first comes last.
    Status name(const std::vector<Ready> &batch)
    {
        if (Status published = m_folder->publish(); !published) {
            return published;
        }
        for (const Ready &ready : batch) {
            const QByteArray file = m_plan.manifestFile(*ready.image, ready.root.digest());
            if (isLayout()) {
                m_index->set(ready.image->tag.toString(),
                             {ready.root.mediaType(), ready.root.digest(), ready.root.size()});
            } else if (Status written = m_folder->write(file, ready.root.bytes()); !written) {
                return written;
            }
        }
        if (Status written = isLayout() ? m_folder->write(ocilayout::indexFile, m_index->toJson()) : Status();
            !written) {
            return written;
        }
        if (Status published = m_folder->publish(); !published) {
            return published;
        }
        for (const Ready &ready : batch) {
            tellDone(*ready.image);
        }
        return {};
    }

    void tellDone(const Selection::Image &image)
    {
        if (image.isReferrer) {
            return;
        }
        ++m_result.imagesDone;
        m_settled.insert(image.line);
        ++m_context.progress.imagesDone;
        m_context.report({TaskEvent::Kind::ImageDone, image.line, {}});
    }

    const ExportPlan &m_plan;
    const TaskContext &m_context;
    ExportFolder *m_folder = nullptr; ///< while it works
    LayoutIndex *m_index = nullptr;   ///< likewise; of a layout
    std::set<Digest> m_taken;         ///< of a layout, which has each blob once
    TaskResult m_result;
    QSet<QString> m_settled; ///< lines that are done or failed
};

// How other tools take it from here.
QString nextStep(const ExportPlan &plan)
{
    const QString folder = QDir::toNativeSeparators(plan.request.target);
    return plan.request.format == ExportFormat::OciLayout
               ? Text::tr("Send one on with: skopeo copy -a oci:%1:NAME:TAG docker://REGISTRY/NAME:TAG",
                          "a folder")
                     .arg(folder)
               : Text::tr("skopeo sync sends them on: from the directory %1, scoped, all platforms",
                          "a folder")
                     .arg(folder);
}

} // namespace

ExportTask::ExportTask(ExportPlan plan) : m_plan(std::move(plan)) {}

QString ExportTask::title() const
{
    return Text::tr("Export %1 into %2")
        .arg(m_plan.request.name, QDir::toNativeSeparators(m_plan.request.target));
}

TaskResult ExportTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    context.progress.setPhase(Text::tr("Exporting"));
    context.progress.imagesTotal =
        m_plan.selection.imageCount() + static_cast<qint64>(m_plan.selection.absent.size());
    context.progress.bytesTotal = m_plan.totalBytes();
    tellImages(m_plan.selection, context);
    TaskResult result = ExportRun(m_plan, context).run();
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << (result.bytesWritten > 0
                           ? Text::tr("%1 copied, because hard links are not possible there")
                                 .arg(formatBytes(result.bytesWritten))
                           : Text::tr("%1 shared by hard links").arg(formatBytes(result.bytesReused)));
    if (result.imagesDone > 0) {
        result.notes << nextStep(m_plan);
    }
    noteMade(m_plan.request.target, result);
    noteKept(result);
    noteReferrers(m_plan.selection.referrers, result);
    return result;
}

} // namespace layerpool
