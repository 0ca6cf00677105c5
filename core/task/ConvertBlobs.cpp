// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertBlobs.h"

#include "pool/StagedBlob.h"
#include "task/ConvertReferrers.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace layerpool {
namespace {

class BlobTable
{
public:
    /// Blobs of an image, or of its referrers.
    void add(std::size_t index, const ConvertImage &image, const std::vector<Descriptor> &blobs,
             bool areOfReferrer)
    {
        for (const Descriptor &blob : blobs) {
            const auto [entry, isNew] = m_places.try_emplace(blob.digest, m_blobs.size());
            if (isNew) {
                m_blobs.push_back({blob, {}, {}, {}});
            }
            ConvertPlan::Blob &wanted = m_blobs[entry->second];
            if (blob.size > wanted.descriptor.size) {
                wanted.descriptor = blob;
            }
            if (!image.config.isEmpty() && blob.digest == image.manifests.back().config().digest) {
                wanted.bytes = image.config;
            }
            addSource(image.source, wanted);
            const ConvertPlan::Need need{index, areOfReferrer, blob.size};
            if (wanted.needs.empty() || wanted.needs.back() != need) {
                wanted.needs.push_back(need);
            }
        }
    }

    /// First where their images were found, then where those could be had too.
    std::vector<ConvertPlan::Blob> take(const std::vector<ConvertImage> &images)
    {
        for (ConvertPlan::Blob &blob : m_blobs) {
            for (const ConvertPlan::Need &need : blob.needs) {
                for (const RemoteRepository &other : images[need.image].others) {
                    addSource(other, blob);
                }
            }
        }
        return std::move(m_blobs);
    }

private:
    static void addSource(const RemoteRepository &source, ConvertPlan::Blob &blob)
    {
        if (std::find(blob.sources.begin(), blob.sources.end(), source) == blob.sources.end()) {
            blob.sources.push_back(source);
        }
    }

    std::map<Digest, std::size_t> m_places;
    std::vector<ConvertPlan::Blob> m_blobs;
};

// Where images differ about its size, the run finds out which of them is right.
bool isThere(const ConvertPlan::Blob &blob, const std::optional<Pool> &pool)
{
    const std::vector<qint64> sizes = blob.sizes();
    return pool && sizes.size() == 1 && pool->has(blob.descriptor);
}

} // namespace

std::vector<qint64> ConvertPlan::Blob::sizes() const
{
    std::set<qint64> declared;
    for (const Need &need : needs) {
        declared.insert(need.size);
    }
    if (declared.size() > 1) {
        declared.erase(Descriptor::unknownSize); // another image knows it
    }
    return {declared.begin(), declared.end()};
}

void weigh(ConvertPlan &plan, const std::optional<Pool> &pool)
{
    BlobTable table;
    std::set<Digest> manifests;
    std::set<std::pair<RepositoryName, QString>> tags;
    for (std::size_t i = 0; i < plan.images.size(); ++i) {
        const ConvertImage &image = plan.images[i];
        const auto add = [&](const TaggedManifests &tagged, bool isReferrer) {
            table.add(i, image, tagged.blobs, isReferrer);
            for (const Manifest &manifest : tagged.manifests) {
                if (manifests.insert(manifest.digest()).second &&
                    !(pool && pool->hasBlob(manifest.digest()))) {
                    plan.writeBytes += manifest.size();
                }
            }
        };
        add(image, false);
        for (const TaggedManifests &referrers : image.referrers) {
            add(referrers, true);
            const bool isNew = tags.emplace(image.repository, referrers.tag).second;
            plan.referrers += isNew ? referrersIn(referrers) : 0; // two tags of one image have the same ones
        }
    }
    for (ConvertPlan::Blob &blob : table.take(plan.images)) {
        const qint64 size = std::max<qint64>(0, blob.descriptor.size);
        if (isThere(blob, pool)) {
            plan.reuseBytes += size;
        } else {
            plan.fetchBytes += size;
            if (pool) { // an interrupted run has reserved its room, and kept what had come
                const QByteArray staged = StagedBlob::nameOf(blob.descriptor.digest);
                plan.reservedBytes += std::min(size, pool->files().allocatedBytes(staged));
                plan.keptBytes += std::min(size, pool->files().fileSize(staged).value_or(0));
            }
            plan.toFetch.push_back(std::move(blob));
        }
    }
    plan.writeBytes += plan.fetchBytes;
    // Image by image as the list has them, so that a run that is cut short leaves whole images; an image's
    // largest first. Before all come those that alone take a worker longer than an equal share of the whole
    // (there are fewer of them than workers), and last what does not say its size: it may have no end, and
    // take the room of the others.
    const auto isLong = [&](const ConvertPlan::Blob &blob) {
        return blob.descriptor.size > plan.fetchBytes / std::max(1, plan.request.registry.jobs);
    };
    const auto rank = [&](const ConvertPlan::Blob &blob) {
        return std::tuple(!blob.descriptor.hasSize(), !isLong(blob), blob.needs.front().image,
                          -blob.descriptor.size);
    };
    std::stable_sort(
        plan.toFetch.begin(), plan.toFetch.end(),
        [&](const ConvertPlan::Blob &a, const ConvertPlan::Blob &b) { return rank(a) < rank(b); });
}

} // namespace layerpool
