// SPDX-License-Identifier: Apache-2.0
#include "task/ExportPlan.h"

#include "base/Digester.h"
#include "bundle/ExportFolder.h"
#include "bundle/LayoutIndex.h"
#include "bundle/OciLayout.h"
#include "bundle/SkopeoDirs.h"
#include "pool/PoolContents.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <map>

namespace layerpool {
namespace {

constexpr std::size_t kMostFoldersLooked = 100'000;

Error noExportTarget(const QString &target, const QString &why)
{
    return {ErrorKind::Conflict, Text::tr("Cannot export into %1").arg(target), why,
            Text::tr("Choose an empty folder, or a new one")};
}

// Looks no further than to the first: a tree of skopeo's has one wherever it leads.
Result<bool> holdsSkopeoDir(const DurableDirectory &target, const CancelToken &cancel)
{
    std::vector<QByteArray> folders{QByteArray()};
    for (std::size_t looked = 0; !folders.empty() && looked < kMostFoldersLooked; ++looked) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const QByteArray folder = folders.back();
        folders.pop_back();
        const Result<std::vector<DurableDirectory::Entry>> entries = target.entries(folder);
        if (!entries) {
            return entries.error();
        }
        const QByteArray below = folder.isEmpty() ? QByteArray() : folder + '/';
        if (target.fileSize(below + skopeodir::versionFile) &&
            target.fileSize(below + skopeodir::manifestFile)) {
            return !folder.isEmpty(); // one that is an image by itself is no tree
        }
        for (const DurableDirectory::Entry &entry : *entries) {
            if (entry.isDirectory) {
                folders.push_back(below + entry.name);
            }
        }
    }
    return false;
}

// What a run that was cut off has left is gone on with.
Status checkKind(const DurableDirectory &target, ExportFormat format, const CancelToken &cancel)
{
    const Result<std::vector<DurableDirectory::Entry>> entries = target.entries({});
    if (!entries) {
        return entries.error();
    }
    if (entries->empty() || target.isDirectory(ExportFolder::stagingFolder)) {
        return {};
    }
    const bool isLayout = target.fileSize(ocilayout::markFile).has_value();
    const Result<bool> isKind = format == ExportFormat::OciLayout ? Result<bool>(isLayout)
                                : isLayout                        ? Result<bool>(false)
                                                                  : holdsSkopeoDir(target, cancel);
    if (!isKind) {
        return isKind.error();
    }
    return *isKind ? Status() : noExportTarget(target.path(), Text::tr("the folder holds something else"));
}

// One that lacks in the folder of any image is brought once more.
Status lookForBlobs(const DurableDirectory &target, ExportPlan &plan, const CancelToken &cancel)
{
    const bool sharesBlobs = plan.request.format == ExportFormat::OciLayout;
    std::map<Digest, qint64> there; // bytes; none of what lacks
    for (const Selection::Image &image : plan.selection.images) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        for (const Descriptor &blob : image.closure.blobs) {
            const auto [found, isNew] = there.try_emplace(blob.digest, blob.size);
            if ((isNew || !sharesBlobs) && target.fileSize(plan.blobFile(image, blob.digest)) != blob.size) {
                found->second = 0;
            }
        }
    }
    for (const auto &[digest, bytes] : there) {
        plan.thereBytes += bytes;
    }
    return {};
}

Status lookForNames(const DurableDirectory &target, ExportPlan &plan, const CancelToken &cancel)
{
    const Result<LayoutIndex> index = LayoutIndex::read(target);
    if (!index) {
        return plan.request.format == ExportFormat::OciLayout ? Status(index.error()) : Status();
    }
    for (const Selection::Image &image : plan.selection.images) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const QString name = image.tag.toString();
        std::optional<Digest> there = index->find(name);
        if (plan.request.format == ExportFormat::SkopeoDir) {
            const Result<QByteArray> bytes =
                target.readFile(plan.manifestFile(image, image.tag.digest), Manifest::maxBytes);
            there = bytes ? std::optional(Digester::of(*bytes, image.tag.digest.algorithm())) : std::nullopt;
        }
        if (!image.isReferrer && there && *there != image.tag.digest) {
            plan.moved.emplace(name, *there);
        }
    }
    return {};
}

Status lookAt(const QString &path, ExportPlan &plan, const CancelToken &cancel)
{
    const Result<DurableDirectory> target = DurableDirectory::open(path);
    if (!target) {
        return target.error();
    }
    if (Status isOurs = checkKind(*target, plan.request.format, cancel); !isOurs) {
        return isOurs;
    }
    const Status blobs = lookForBlobs(*target, plan, cancel);
    return blobs ? lookForNames(*target, plan, cancel) : blobs;
}

void countKinds(ExportPlan &plan)
{
    for (const Selection::Image &image : plan.selection.images) {
        const PoolManifest *root = plan.index->manifestOf(image.tag.digest);
        if (root == nullptr) {
            continue;
        }
        const QByteArray type = plan.index->descriptorOf(*root).mediaType;
        plan.docker += type != mediatype::ociManifest && type != mediatype::ociIndex ? 1 : 0;
        const auto parts = plan.index->manifests().partsOf(*root);
        plan.sparse += root->isIndex && std::any_of(parts.begin(), parts.end(), [&](const PoolPart &child) {
                           const Digest digest = plan.index->descriptorOf(child).digest;
                           const std::vector<Digest> &there = image.closure.manifests;
                           return std::find(there.begin(), there.end(), digest) == there.end();
                       });
    }
}

void noteTools(const ExportPlan &plan, PlanSummary &summary)
{
    if (plan.request.format == ExportFormat::OciLayout && plan.docker > 0) {
        summary.notes << Text::tr("%n image(s) are of Docker's media types: containerd finds them in an OCI "
                                  "layout, skopeo does not; as skopeo-dir it takes them",
                                  nullptr, plan.docker);
    }
    if (plan.sparse > 0) {
        summary.notes << Text::tr("Of %n index(es) only some platforms are in the pool: skopeo takes them "
                                  "where it is not told to take all",
                                  nullptr, plan.sparse);
    }
    if (plan.copies) {
        summary.notes << Text::tr(
            "The folder is on another file system or mount: blobs are copied, not linked");
    }
}

} // namespace

Error noExportOfBundle(const QString &path)
{
    return {ErrorKind::Unsupported, Text::tr("%1 is no folder").arg(path),
            Text::tr("images are exported out of a pool in a folder, by hard links"),
            Text::tr("Import the bundle first")};
}

Result<ExportPlan> planExport(std::shared_ptr<const PoolIndex> index, Selection selection,
                              ExportRequest request, const CancelToken &cancel)
{
    ExportPlan plan{std::move(index), std::move(selection), std::move(request)};
    const QString &target = plan.request.target;
    const QFileInfo info(target);
    if (plan.index->pool().contents() != nullptr) {
        return noExportOfBundle(plan.index->pool().path());
    }
    if (isInside(target, plan.index->pool().path())) {
        return noExportTarget(target, Text::tr("it is the pool itself, or lies in it"));
    }
    if (info.exists() && !info.isDir()) {
        return noExportTarget(target, Text::tr("it is a file"));
    }
    if (Status looked = info.exists() ? lookAt(target, plan, cancel) : Status(); !looked) {
        return looked.error();
    }
    plan.copies = !shareMount(plan.index->pool().path(), target);
    plan.freeBytes = freeBytesAt(target);
    countKinds(plan);
    return plan;
}

QByteArray ExportPlan::blobFile(const Selection::Image &image, const Digest &blob) const
{
    return request.format == ExportFormat::OciLayout ? ocilayout::blob(blob)
                                                     : image.tag.toString().toLatin1() + '/' + blob.hex();
}

QByteArray ExportPlan::manifestFile(const Selection::Image &image, const Digest &manifest) const
{
    if (request.format == ExportFormat::OciLayout) {
        return ocilayout::blob(manifest);
    }
    const QByteArray folder = image.tag.toString().toLatin1() + '/';
    return manifest == image.tag.digest ? folder + skopeodir::manifestFile
                                        : folder + manifest.hex() + skopeodir::childEnding;
}

qint64 ExportPlan::totalBytes() const
{
    return request.format == ExportFormat::OciLayout ? selection.storedBytes : selection.nominalBytes;
}

PlanSummary ExportPlan::summary() const
{
    const int count = selection.imageCount();
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Export %n image(s)", nullptr, count);
    summary.sentence =
        Text::tr("Export %n image(s) of %1 into %2", nullptr, count)
            .arg(QDir::toNativeSeparators(index->pool().path()), QDir::toNativeSeparators(request.target));
    describeLinks({selection, moved, thereBytes, freeBytes, copies}, summary);
    noteNewFolder(request.target, summary);
    noteTools(*this, summary);
    noteReferrers(selection.referrers, summary);
    addAbsent(selection, summary);
    return summary;
}

} // namespace layerpool
