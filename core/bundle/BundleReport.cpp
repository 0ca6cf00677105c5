// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReport.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace layerpool {
namespace {

QStringList platformsIn(const PoolIndex &index, const Closure &closure)
{
    QStringList platforms;
    for (const Digest &digest : closure.manifests) {
        const std::optional<PoolImage> image = index.image(digest);
        if (image && image->descriptor.platform && !image->descriptor.platform->isUnknown()) {
            platforms << image->descriptor.platform->toString();
        }
    }
    platforms.removeDuplicates();
    return platforms;
}

QDateTime creationOf(const PoolIndex &index, const Digest &image)
{
    const qint64 created = index.createdOf(image);
    return created == PoolManifest::noTime ? QDateTime() : QDateTime::fromMSecsSinceEpoch(created, Qt::UTC);
}

// An index in a pool may lack some of what it names.
void addThoseIn(const Closure &closure, const std::vector<PoolReferrer> &found,
                std::vector<PoolReferrer> &referrers)
{
    std::copy_if(found.begin(), found.end(), std::back_inserter(referrers), [&](const PoolReferrer &each) {
        return std::find(closure.manifests.begin(), closure.manifests.end(), each.digest) !=
               closure.manifests.end();
    });
}

BundleReport::Image imageOf(const PoolIndex &index, const Selection::Image &selected,
                            const std::map<Digest, qint64> &leftOut)
{
    BundleReport::Image image;
    image.reference = selected.tag.toString();
    image.line = selected.line;
    image.digest = selected.tag.digest;
    image.platforms = platformsIn(index, selected.closure);
    image.created = creationOf(index, selected.tag.digest);
    image.bytes = image.newBytes = selected.closure.bytes;
    for (const Descriptor &blob : selected.closure.blobs) {
        if (leftOut.contains(blob.digest)) {
            image.newBytes -= blob.size;
            ++image.leftOutLayers;
        }
    }
    addThoseIn(selected.closure, attestationsIn(index, selected.tag.digest), image.referrers);
    return image;
}

} // namespace

qint64 BundleReport::fileBytes() const
{
    return std::accumulate(files.begin(), files.end(), qint64(0),
                           [](qint64 sum, const BundleOutput::File &file) { return sum + file.bytes; });
}

BundleReport BundleReport::of(const PoolIndex &index, const Selection &selection,
                              const std::map<Digest, qint64> &leftOut)
{
    BundleReport report;
    for (const Selection::Image &selected : selection.images) {
        if (!selected.isReferrer) {
            report.images.push_back(imageOf(index, selected, leftOut));
        } else if (!report.images.empty()) { // it follows the one that it refers to
            addThoseIn(selected.closure, referrersAt(index, selected.tag), report.images.back().referrers);
        }
    }
    report.absent = selection.absent;
    report.referrers = selection.referrers;
    report.bytes = report.newBytes = selection.storedBytes;
    for (const auto &[digest, size] : leftOut) {
        report.newBytes -= size;
        ++report.leftOutLayers;
    }
    return report;
}

} // namespace layerpool
