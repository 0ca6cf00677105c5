// SPDX-License-Identifier: Apache-2.0
#include "task/TarPlan.h"

#include "bundle/BundleReadme.h"
#include "bundle/BundleSidecars.h"
#include "bundle/SelectionContent.h"
#include "bundle/BundleTree.h"
#include "bundle/BundleVolumes.h"
#include "pool/PoolContents.h"
#include "task/PlanParts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

constexpr std::size_t kMostOwners = 4;
constexpr qsizetype kMostNamed = 4;
constexpr qint64 kPerEntry = 1024; // a header and, on average, half a block of padding

// The far side may have an index of the same digest, with fewer of its platforms.
bool isThere(const Selection::Image &image, const std::vector<BundleContent> &far)
{
    return std::any_of(far.begin(), far.end(), [&](const BundleContent &inventory) {
        const BundleContent::Repository *repository = inventory.repository(image.tag.repository);
        if (!repository) {
            return false;
        }
        const auto found = repository->tags.find(image.tag.tag);
        return found != repository->tags.end() && found->second == image.tag.digest &&
               std::all_of(image.closure.manifests.begin(), image.closure.manifests.end(),
                           [&](const Digest &manifest) { return repository->revisions.contains(manifest); });
    });
}

// An image is as it is there where its tag is, and that of all that refers to it.
std::vector<PoolTag> changedOf(const Selection &selection, const std::vector<BundleContent> &far)
{
    std::vector<PoolTag> changed;
    for (std::size_t i = 0; i < selection.images.size();) {
        const PoolTag &tag = selection.images[i].tag;
        bool isSame = isThere(selection.images[i], far);
        for (++i; i < selection.images.size() && selection.images[i].isReferrer; ++i) {
            isSame = isSame && isThere(selection.images[i], far);
        }
        if (!isSame) {
            changed.push_back(tag);
        }
    }
    return changed;
}

// A few of the far side's repositories that have the layer: a push mounts it from one of them.
std::vector<RepositoryName> ownersOf(const Digest &layer, const std::vector<BundleContent> &far)
{
    std::vector<RepositoryName> owners;
    for (const BundleContent &inventory : far) {
        for (const auto &[name, repository] : inventory.repositories) {
            if (owners.size() < kMostOwners && repository.layers.contains(layer) &&
                std::find(owners.begin(), owners.end(), name) == owners.end()) {
                owners.push_back(name);
            }
        }
    }
    return owners;
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
            plan.leftOutIn.emplace(blob.digest, ownersOf(blob.digest, far));
        }
    }
}

// What is in the way. Of one volume only that one: the others stay.
QStringList takenBy(const TarRequest &request)
{
    const QString volume =
        request.onlyVolume > 0 ? volumeThere(request.target, request.onlyVolume) : QString();
    return request.onlyVolume == 0 ? filesOfBundle(request.target)
           : volume.isEmpty()      ? QStringList()
                                   : QStringList{volume};
}

// Without its index.
qint64 bundleBytesOf(const TarPlan &plan)
{
    const std::optional<BundleTool> tool = plan.tool();
    const qint64 entries = BundleTree(plan.selection, plan.leftOut).entries() + (tool ? 2 : 1);
    return plan.streamedBytes() + bundleReadme(tool).size() + kPerEntry * entries;
}

void noteFormat(const TarPlan &plan, qint64 toWrite, PlanSummary &summary)
{
    if (plan.request.volumeBytes > 0 && toWrite > 0 && plan.request.onlyVolume == 0) {
        const qint64 volumes = (toWrite + plan.request.volumeBytes - 1) / plan.request.volumeBytes;
        summary.notes << Text::tr("In about %n volume(s) of %1", nullptr, static_cast<int>(volumes))
                             .arg(formatBytes(plan.request.volumeBytes));
    }
    if (plan.format == BundleFormat::TarGzip || plan.format == BundleFormat::TarZstd) {
        summary.notes << Text::tr(
            "Layers are packed already: packing them again takes time and saves little");
    }
}

} // namespace

Result<TarPlan> planTar(std::shared_ptr<const PoolIndex> index, Selection selection, TarRequest request)
{
    const std::optional<BundleFormat> format = formatOf(request.target);
    if (!format) {
        return Error{ErrorKind::Unsupported, Text::tr("Cannot write a bundle named %1").arg(request.target),
                     Text::tr("its ending tells no format"),
                     Text::tr("Choose a name that ends in one of %1").arg(bundleEndings())};
    }
    if (request.volumeBytes > 0 && *format == BundleFormat::Zip) {
        return Error{ErrorKind::Unsupported, Text::tr("A zip is not written in volumes"),
                     Text::tr("its parts could not be joined by simple means"),
                     Text::tr("Choose a name that ends in .tar, or no volumes")};
    }
    const QFileInfo file(request.target);
    if (request.volumeBytes > 0 && selection.storedBytes / request.volumeBytes >= mostVolumes) {
        return Error{ErrorKind::BadInput,
                     Text::tr("There would be more than %1 volumes").arg(mostVolumes),
                     {},
                     Text::tr("Choose larger volumes")};
    }
    if (Status own = checkNameIsFree(request.target); !own) {
        return own.error();
    }
    const QStringList taken = takenBy(request);
    const auto folder =
        std::find_if(taken.begin(), taken.end(), [](const QString &path) { return QFileInfo(path).isDir(); });
    if (!taken.isEmpty() && (folder != taken.end() || !request.replaces)) {
        Error error = nameTaken(folder != taken.end() ? *folder : taken.first());
        if (folder != taken.end()) {
            error.why = Text::tr("it is a folder");
        }
        return error;
    }
    if (const PoolContents *contents = index->pool().contents()) {
        const auto lacking =
            std::find_if(selection.blobs.begin(), selection.blobs.end(),
                         [&](const Descriptor &blob) { return contents->isLeftOut(blob.digest); });
        if (lacking != selection.blobs.end()) {
            return Error{ErrorKind::Unsupported,
                         Text::tr("%1 can't be packed anew").arg(index->pool().path()),
                         Text::tr("it leaves out layers for a far side that has them, %1 among them")
                             .arg(lacking->digest.toString()),
                         Text::tr("Pack it out of a pool that has them")};
        }
    }
    TarPlan plan;
    plan.index = std::move(index);
    plan.selection = std::move(selection);
    plan.format = *format;
    plan.freeBytes = freeBytesAt(file.absolutePath());
    plan.replaced = taken;
    for (const QString &path : taken) {
        plan.replacedBytes += QFileInfo(path).size();
    }
    const std::vector<BundleContent> far = std::move(request.far);
    plan.request = std::move(request);
    for (const BundleContent &inventory : far) {
        plan.base.push_back(inventory.id);
    }
    if (!far.empty() && !plan.selection.isOfList) {
        const int all = plan.selection.imageCount();
        std::vector<Selection::Absent> absent = std::move(plan.selection.absent);
        plan.selection =
            Selection::ofTags(*plan.index, changedOf(plan.selection, far), plan.request.referrers);
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
    content.leftOutIn = leftOutIn;
    content.base = base;
    content.tool = tool();
    return content;
}

qint64 TarPlan::streamedBytes() const
{
    const std::optional<BundleTool> program = tool();
    return selection.storedBytes - leftOutBytes + (program ? program->bytes : 0);
}

PlanSummary TarPlan::summary() const
{
    const int count = selection.imageCount();
    const qint64 bundleBytes = count == 0 ? 0 : bundleBytesOf(*this);
    const qint64 toWrite = request.onlyVolume > 0 ? std::min(bundleBytes, request.volumeBytes) : bundleBytes;
    PlanSummary summary;
    summary.images = count;
    summary.verb = Text::tr("Pack %n image(s)", nullptr, count);
    summary.sentence =
        count == 0
            ? Text::tr("Nothing to pack: %1 is not written").arg(QDir::toNativeSeparators(request.target))
        : request.onlyVolume > 0
            ? Text::tr("Write volume %1 of %2 alone, as it is of %n image(s) of %3", nullptr, count)
                  .arg(QString::number(request.onlyVolume), QDir::toNativeSeparators(request.target),
                       QDir::toNativeSeparators(index->pool().path()))
            : Text::tr("Pack %n image(s) of %1 into %2", nullptr, count)
                  .arg(QDir::toNativeSeparators(index->pool().path()),
                       QDir::toNativeSeparators(request.target));
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
    if (request.signer) {
        summary.notes << Text::tr("Signs its sums by the key %1").arg(request.signer->publicKey().name());
    }
    if (const std::optional<BundleTool> program = tool()) {
        summary.notes << Text::tr("Puts in %1 (%2), the program for the far side", "a file, its size")
                             .arg(QString::fromLatin1(program->name), formatBytes(program->bytes));
    }
    summary.notes += index->pool().notes();
    noteNewFolder(request.target, summary);
    if (!replaced.isEmpty()) {
        QStringList names;
        for (const QString &path : replaced.mid(0, kMostNamed)) {
            names << QFileInfo(path).fileName();
        }
        names << (replaced.size() > kMostNamed ? QStringList{QStringLiteral("…")} : QStringList());
        summary.notes << Text::tr("Takes the place of %n file(s) of %1: %2", nullptr,
                                  static_cast<int>(replaced.size()))
                             .arg(formatBytes(replacedBytes), names.join(QStringLiteral(", ")));
    }
    noteFormat(*this, toWrite, summary);
    noteReferrers(selection.referrers, summary);
    addAbsent(selection, summary);
    if (toWrite > freeBytes) {
        summary.blocker = notEnoughRoom(toWrite, freeBytes);
    }
    return summary;
}

} // namespace layerpool
