// SPDX-License-Identifier: Apache-2.0
#include "task/TarPlan.h"

#include "bundle/BundleIndex.h"
#include "bundle/BundleSidecars.h"
#include "bundle/TarWriter.h"
#include "pool/ImageLinks.h"
#include "pool/PoolLayout.h"
#include "pool/PoolLock.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <set>

namespace layerpool {
namespace {

constexpr qint64 kPerEntry = 1024; // a header and, on average, half a block of padding

// The selection's tree, in the order of its paths: `blobs` before `repositories`, payload before links.
class Tree
{
public:
    explicit Tree(const Selection &selection)
    {
        for (const Descriptor &blob : selection.blobs) {
            addParents(layout::blob(blob.digest));
            m_blobs.emplace(layout::blob(blob.digest), blob);
        }
        for (const Selection::Image &image : selection.images) {
            addLinks(ImageLinks::of(image.tag, image.closure));
        }
    }

    /// `index` goes in front: who reads it knows what will come.
    Status write(TarWriter &tar, QByteArrayView index, const Pool &pool, const TaskContext &context) const
    {
        if (Status written = tar.addFile(bundleIndexPath, index); !written) {
            return written;
        }
        for (const QByteArray &path : m_directories) {
            if (Status written = tar.addDirectory(path); !written) {
                return written;
            }
            // A folder is followed by its files; below one there are folders or files, never both.
            if (Status written = writeFilesOf(path, tar, pool, context); !written) {
                return written;
            }
        }
        return {};
    }

    qint64 entries() const
    {
        return static_cast<qint64>(m_directories.size() + m_blobs.size() + m_links.size());
    }

private:
    static Error missing(const Digest &digest)
    {
        return {ErrorKind::Corrupt,
                Text::tr("The blob %1 is missing").arg(digest.toString()),
                {},
                Text::tr("Run verify, and convert its images again")};
    }

    void addLinks(const ImageLinks &image)
    {
        addParents(layout::layers(image.repository) + '/'); // needed even where it is empty
        for (const std::vector<ImageLinks::Link> &links : {image.parts(), image.tagLinks()}) {
            for (const auto &[path, digest] : links) {
                addParents(path);
                m_links.emplace(path, digest);
            }
        }
    }

    void addParents(const QByteArray &path)
    {
        for (qsizetype slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (!m_directories.insert(path.first(slash)).second) {
                return;
            }
        }
    }

    Status writeFilesOf(const QByteArray &directory, TarWriter &tar, const Pool &pool,
                        const TaskContext &context) const
    {
        if (const auto link = m_links.find(directory + "/link"); link != m_links.end()) {
            return tar.addFile(link->first, link->second.toByteArray());
        }
        const auto blob = m_blobs.find(directory + "/data");
        if (blob == m_blobs.end()) {
            return {};
        }
        const Result<UniqueFd> from = pool.files().openFile(blob->first);
        if (!from) {
            return from.error().kind == ErrorKind::NotFound ? missing(blob->second.digest) : from.error();
        }
        return tar.addBlob(blob->first, blob->second, *from, context.cancel,
                           [&](qint64 bytes) { context.progress.bytesDone += bytes; });
    }

    std::set<QByteArray> m_directories;
    std::map<QByteArray, Descriptor> m_blobs;
    std::map<QByteArray, Digest> m_links;
};

BundleContent contentOf(const Selection &selection)
{
    struct Links
    {
        std::vector<Digest> layers;
        std::vector<Digest> revisions;
    };
    BundleContent content;
    std::map<RepositoryName, Links> all;
    for (const Selection::Image &image : selection.images) {
        const ImageLinks of = ImageLinks::of(image.tag, image.closure);
        Links &links = all[of.repository];
        links.layers.insert(links.layers.end(), of.blobs.begin(), of.blobs.end());
        links.revisions.insert(links.revisions.end(), of.manifests.begin(), of.manifests.end());
        content.repositories[of.repository].tags.emplace(of.tag, of.root);
    }
    for (auto &[name, links] : all) {
        BundleContent::Repository &repository = content.repositories[name];
        repository.layers = DigestSet(std::move(links.layers));
        repository.revisions = DigestSet(std::move(links.revisions));
    }
    for (const Descriptor &blob : selection.blobs) {
        content.blobs.emplace(blob.digest, blob.size);
        content.blobBytes += blob.size;
    }
    return content;
}

Status writeTar(const TarPlan &plan, const TaskContext &context, TaskResult &result)
{
    const Result<PoolLock> lock = PoolLock::shareForReading(plan.index->pool());
    if (!lock) {
        return lock.error();
    }
    const Result<std::unique_ptr<TarWriter>> tar = TarWriter::create(plan.target);
    if (!tar) {
        return tar.error();
    }
    const QByteArray index = writeBundleIndex(contentOf(plan.selection));
    if (Status written = Tree(plan.selection).write(**tar, index, plan.index->pool(), context); !written) {
        return written;
    }
    const Result<TarWriter::Written> tarred = (*tar)->close();
    if (!tarred) {
        return tarred.error();
    }
    // Its own name comes last: whoever sees it finds the others.
    if (Status written = BundleSidecars{index, tarred->digest}.write(plan.target, plan.replaces); !written) {
        return written;
    }
    if (Status published = (*tar)->publish(plan.replaces); !published) {
        return published;
    }
    result.bytesWritten = tarred->bytes;
    for (const Selection::Image &image : plan.selection.images) {
        if (image.isReferrer) {
            continue;
        }
        ++result.imagesDone;
        ++context.progress.imagesDone;
        context.report({TaskEvent::Kind::ImageDone, image.line, {}});
    }
    return {};
}

} // namespace

Result<TarPlan> planTar(std::shared_ptr<const PoolIndex> index, Selection selection, const QString &name,
                        const QString &target, bool replaces)
{
    if (!target.endsWith(QLatin1String(".tar"))) {
        return Error{ErrorKind::Unsupported, Text::tr("Cannot write a bundle named %1").arg(target),
                     Text::tr("only plain tar files are written"),
                     Text::tr("Choose a name that ends in .tar")};
    }
    const QFileInfo file(target);
    QStringList names = BundleSidecars::pathsOf(target);
    names.prepend(target);
    const auto taken =
        std::find_if(names.begin(), names.end(), [](const QString &path) { return QFileInfo::exists(path); });
    if (taken != names.end() && (file.isDir() || !replaces)) {
        return Error{ErrorKind::Conflict,
                     Text::tr("%1 exists").arg(*taken),
                     file.isDir() ? Text::tr("it is a folder")
                                  : Text::tr("nothing is overwritten without being asked"),
                     Text::tr("Choose another name, or allow it to be replaced"),
                     {},
                     {},
                     {QStringLiteral("--force")}};
    }
    return TarPlan{std::move(index),
                   std::move(selection),
                   name,
                   target,
                   replaces,
                   freeBytesAt(file.absolutePath()),
                   file.exists() ? file.size() : 0};
}

PlanSummary TarPlan::summary() const
{
    const int count = selection.imageCount();
    const qint64 toWrite = count == 0 ? 0 : selection.storedBytes + kPerEntry * Tree(selection).entries();
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Pack %n image(s)", nullptr, count);
    summary.sentence =
        Text::tr("Pack %n image(s) of %1 into %2", nullptr, count)
            .arg(QDir::toNativeSeparators(index->pool().path()), QDir::toNativeSeparators(target));
    summary.figures = {{Text::tr("Selected"), selection.storedBytes, QStringLiteral("selected")},
                       {Text::tr("To write"), toWrite, QStringLiteral("write")},
                       {Text::tr("Free afterwards"), std::max<qint64>(0, freeBytes - toWrite + replacedBytes),
                        QStringLiteral("free")}};
    noteNewFolder(target, summary);
    if (replacedBytes > 0) {
        summary.notes << Text::tr("Takes the place of a file of %1").arg(formatBytes(replacedBytes));
    }
    noteReferrers(selection.referrers, summary);
    addAbsent(selection, summary);
    if (toWrite > freeBytes) {
        summary.blocker = notEnoughRoom(toWrite, freeBytes);
    }
    return summary;
}

TarTask::TarTask(TarPlan plan) : m_plan(std::move(plan)) {}

QString TarTask::title() const
{
    return Text::tr("Pack %1 into %2").arg(m_plan.name, QDir::toNativeSeparators(m_plan.target));
}

TaskResult TarTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    context.progress.setPhase(Text::tr("Packing"));
    context.progress.imagesTotal =
        m_plan.selection.imageCount() + static_cast<qint64>(m_plan.selection.absent.size());
    context.progress.bytesTotal = m_plan.selection.storedBytes;
    tellImages(m_plan.selection, context);
    reportAbsent(m_plan.selection, context, result);
    if (!m_plan.selection.images.empty()) {
        if (const Status written = writeTar(m_plan, context, result); !written) {
            result.stopped = written.error();
            result.undone = undoneLines(m_plan.selection, {}); // half a file holds none
        }
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << Text::tr("%1 written").arg(formatBytes(result.bytesWritten));
    if (result.bytesWritten > 0) {
        result.notes << Text::tr("Check a copy of it with: sha256sum -c %1", "a file's name")
                            .arg(QFileInfo(BundleSidecars::pathsOf(m_plan.target).last()).fileName());
    }
    noteReferrers(m_plan.selection.referrers, result);
    return result;
}

} // namespace layerpool
