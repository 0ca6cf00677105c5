// SPDX-License-Identifier: Apache-2.0
#include "task/TarPlan.h"

#include "bundle/BundleIndex.h"
#include "bundle/BundleSidecars.h"
#include "bundle/SelectionContent.h"
#include "bundle/TarWriter.h"
#include "bundle/WholeFile.h"
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
    explicit Tree(const TarPlan &plan)
    {
        const Selection &selection = plan.selection;
        for (const Descriptor &blob : selection.blobs) {
            if (plan.leftOut.contains(blob.digest)) {
                continue;
            }
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

bool isThere(const PoolTag &tag, const std::vector<BundleContent> &far)
{
    return std::any_of(far.begin(), far.end(), [&](const BundleContent &inventory) {
        const BundleContent::Repository *repository = inventory.repository(tag.repository);
        if (!repository) {
            return false;
        }
        const auto found = repository->tags.find(tag.tag);
        return found != repository->tags.end() && found->second == tag.digest;
    });
}

// An image is as it is there where its tag is, and that of all that refers to it.
std::vector<PoolTag> changedOf(const Selection &selection, const std::vector<BundleContent> &far)
{
    std::vector<PoolTag> changed;
    for (std::size_t i = 0; i < selection.images.size();) {
        const PoolTag &tag = selection.images[i].tag;
        bool isSame = isThere(tag, far);
        for (++i; i < selection.images.size() && selection.images[i].isReferrer; ++i) {
            isSame = isSame && isThere(selection.images[i].tag, far);
        }
        if (!isSame) {
            changed.push_back(tag);
        }
    }
    return changed;
}

// Manifests and configs are small, and who reads a bundle wants to know its images: they always come along.
void leaveOutLayers(TarPlan &plan, const std::vector<BundleContent> &far)
{
    for (const Descriptor &blob : plan.selection.blobs) {
        const PoolUsage::Blob *known = plan.index->usage().find(blob.digest);
        const bool isLayer = known && known->role == PoolUsage::Role::Layer;
        const bool isFar = std::any_of(far.begin(), far.end(), [&](const BundleContent &inventory) {
            const auto found = inventory.blobs.find(blob.digest);
            return found != inventory.blobs.end() && found->second == blob.size;
        });
        if (isLayer && isFar) {
            plan.leftOut.emplace(blob.digest, blob.size);
            plan.leftOutBytes += blob.size;
        }
    }
}

Status writeTar(const TarPlan &plan, const TaskContext &context, TaskResult &result)
{
    const Result<PoolLock> lock = PoolLock::shareForReading(plan.index->pool());
    if (!lock) {
        return lock.error();
    }
    const QByteArray index = writeBundleIndex(plan.content()); // outlives the writer, which hashes it
    const Result<std::unique_ptr<TarWriter>> tar = TarWriter::create(plan.target);
    if (!tar) {
        return tar.error();
    }
    if (Status written = Tree(plan).write(**tar, index, plan.index->pool(), context); !written) {
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
                        const QString &target, bool replaces, const std::vector<BundleContent> &far,
                        TakeReferrers referrers)
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
        Error error = nameTaken(*taken);
        if (file.isDir()) {
            error.why = Text::tr("it is a folder");
        }
        return error;
    }
    TarPlan plan;
    plan.index = std::move(index);
    plan.selection = std::move(selection);
    plan.name = name;
    plan.target = target;
    plan.replaces = replaces;
    plan.freeBytes = freeBytesAt(file.absolutePath());
    plan.replacedBytes = file.exists() ? file.size() : 0;
    for (const BundleContent &inventory : far) {
        plan.base.push_back(inventory.id);
    }
    if (!far.empty() && !plan.selection.isOfList) {
        const int all = plan.selection.imageCount();
        std::vector<Selection::Absent> absent = std::move(plan.selection.absent);
        plan.selection = Selection::ofTags(*plan.index, changedOf(plan.selection, far), referrers);
        plan.selection.absent = std::move(absent);
        plan.unchanged = all - plan.selection.imageCount();
    }
    leaveOutLayers(plan, far);
    return plan;
}

BundleContent TarPlan::content() const
{
    BundleContent content = contentOf(selection);
    for (const auto &[digest, size] : leftOut) {
        content.blobs.erase(digest);
        content.blobBytes -= size;
    }
    content.leftOut = leftOut;
    content.base = base;
    return content;
}

PlanSummary TarPlan::summary() const
{
    const int count = selection.imageCount();
    const qint64 toWrite =
        count == 0 ? 0 : selection.storedBytes - leftOutBytes + kPerEntry * Tree(*this).entries();
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
    if (!base.empty()) {
        summary.skipped = unchanged;
        summary.figures.insert(summary.figures.begin() + 1,
                               {Text::tr("Left out"), leftOutBytes, QStringLiteral("leftOut")});
    }
    if (!leftOut.empty()) {
        summary.notes << Text::tr("%n layer(s) are left out: the far side must have them", nullptr,
                                  static_cast<int>(leftOut.size()));
    }
    if (unchanged > 0) {
        summary.notes << Text::tr("%n image(s) are on the far side as they are here, and stay out", nullptr,
                                  unchanged);
    }
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
    context.progress.bytesTotal = m_plan.selection.storedBytes - m_plan.leftOutBytes;
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
