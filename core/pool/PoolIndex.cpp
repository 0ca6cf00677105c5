// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolIndex.h"

#include "image/NamingRules.h"
#include "image/TagOrder.h"
#include "pool/ClosureWalk.h"

#include <algorithm>

namespace layerpool {
namespace {

template <typename Range, typename Key, typename Projection, typename Order>
auto findSorted(const Range &range, const Key &key, Projection project, Order isBefore)
{
    const auto found =
        std::lower_bound(range.begin(), range.end(), key, [&](const auto &element, const Key &wanted) {
            return isBefore(project(element), wanted);
        });
    return found != range.end() && project(*found) == key ? &*found : nullptr;
}

/// Puts what an image is made of into its closure.
struct Gathering
{
    const PoolIndex &index;
    const PoolRepository &repository;
    Closure &closure;

    void missing(int position) const { closure.missing.push_back(index.digestAt(position)); }

    void manifest(const PoolManifest &manifest) const
    {
        const PoolBlob &blob = index.blobs()[std::size_t(manifest.blob)];
        closure.manifests.push_back(blob.digest);
        closure.bytes += blob.bytes;
    }

    void blob(const PoolPart &part, bool) const
    {
        Descriptor blob = index.descriptorOf(part);
        if (repository.leavesAtVendor(blob)) {
            closure.foreign.push_back(std::move(blob));
            return;
        }
        const qint64 bytes = index.sizeOf(part);
        if (!index.manifests().isThere(part.blob) || !blob.fits(bytes)) {
            closure.missing.push_back(blob.digest);
            return;
        }
        blob.size = bytes;
        closure.bytes += bytes;
        closure.blobs.push_back(std::move(blob));
    }
};

} // namespace

Result<PoolIndex::Ptr> PoolIndex::read(const Pool &pool, const CancelToken &cancel, const OnNames &onNames)
{
    OnPoolNames hand;
    if (onNames) {
        hand = [&](const std::vector<PoolRepository> &names) { onNames(Ptr(new PoolIndex(pool, names))); };
    }
    Result<PoolScan> scan = PoolScan::of(pool, cancel, hand);
    if (!scan) {
        return scan.error();
    }
    return Ptr(new PoolIndex(pool, *std::move(scan)));
}

PoolIndex::PoolIndex(Pool pool, PoolScan scan) : m_pool(std::move(pool)), m_scan(std::move(scan))
{
    findFirstTags();
    m_usage = PoolUsage(std::move(m_scan.blobs), m_scan.repositories, m_scan.manifests);
    count();
}

PoolIndex::PoolIndex(Pool pool, std::vector<PoolRepository> names) : m_pool(std::move(pool)), m_isWhole(false)
{
    m_scan.repositories = std::move(names);
    findFirstTags();
    m_usage = PoolUsage({}, m_scan.repositories, m_scan.manifests);
    count();
}

void PoolIndex::findFirstTags()
{
    int tags = 0;
    for (const PoolRepository &repository : m_scan.repositories) {
        m_firstTags.push_back(tags);
        tags += static_cast<int>(repository.tags.size());
    }
}

const Manifest *PoolIndex::manifest(const Digest &digest) const
{
    if (manifestOf(digest) == nullptr) {
        return nullptr;
    }
    const std::lock_guard lock(m_mutex);
    auto known = m_read.find(digest);
    if (known == m_read.end()) {
        Result<Manifest> manifest = m_pool.manifest(digest);
        known = m_read.emplace(digest, manifest ? *std::move(manifest) : Manifest()).first;
    }
    return &known->second;
}

int PoolIndex::positionOf(const Digest &digest) const
{
    const int position = layerpool::positionOf(m_usage.blobs(), digest);
    return position != PoolManifests::notThere ? position : m_scan.manifests.findMissing(digest);
}

const Digest &PoolIndex::digestAt(int position) const
{
    return m_scan.manifests.isThere(position) ? blobs()[std::size_t(position)].digest
                                              : m_scan.manifests.missing(position);
}

Descriptor PoolIndex::descriptorOf(const PoolPart &part) const
{
    const PoolManifests::Kind &kind = m_scan.manifests.kindOf(part.kind);
    return {kind.mediaType, digestAt(part.blob), part.size, kind.platform};
}

Descriptor PoolIndex::descriptorOf(const PoolManifest &manifest) const
{
    const PoolManifests::Kind &kind = m_scan.manifests.kindOf(manifest.kind);
    const PoolBlob &blob = blobs()[std::size_t(manifest.blob)];
    return {kind.mediaType, blob.digest, blob.bytes, kind.platform};
}

std::optional<PoolImage> PoolIndex::image(const Digest &digest) const
{
    const PoolManifest *manifest = manifestOf(digest);
    if (manifest == nullptr || manifest->isIndex) {
        return std::nullopt;
    }
    PoolImage image{descriptorOf(*manifest), {}};
    if (manifest->created != PoolManifest::noTime) {
        image.created = QDateTime::fromMSecsSinceEpoch(manifest->created, Qt::UTC);
    }
    return image;
}

qint64 PoolIndex::createdOf(const Digest &digest) const
{
    const PoolManifest *manifest = manifestOf(digest);
    if (manifest == nullptr || !manifest->isIndex) {
        return manifest == nullptr ? PoolManifest::noTime : manifest->created;
    }
    qint64 newest = PoolManifest::noTime;
    for (const PoolPart &child : m_scan.manifests.partsOf(*manifest)) {
        if (m_scan.manifests.isThere(child.blob)) {
            newest = std::max(newest, createdOf(digestAt(child.blob)));
        }
    }
    return newest;
}

int PoolIndex::usersOf(const Digest &digest) const
{
    const PoolUsage::Blob *blob = m_usage.find(digest);
    return blob == nullptr ? 0 : blob->users;
}

int PoolIndex::repositoryOf(int tag) const
{
    const auto next = std::upper_bound(m_firstTags.begin(), m_firstTags.end(), tag);
    return static_cast<int>(next - m_firstTags.begin()) - 1;
}

int PoolIndex::positionOf(const PoolTag &tag) const
{
    const PoolRepository *owner = repository(tag.repository);
    return firstTagOf(int(owner - m_scan.repositories.data())) + int(&tag - owner->tags.data());
}

const PoolTag &PoolIndex::tagAt(int position) const
{
    const int repository = repositoryOf(position);
    return m_scan.repositories[std::size_t(repository)]
        .tags[std::size_t(position - m_firstTags[std::size_t(repository)])];
}

const PoolRepository *PoolIndex::repository(const RepositoryName &name) const
{
    return findSorted(
        m_scan.repositories, name, [](const PoolRepository &repository) { return repository.name; },
        std::less());
}

const PoolTag *PoolIndex::tag(const RepositoryName &name, const QString &tag) const
{
    const PoolRepository *found = repository(name);
    return found == nullptr
               ? nullptr
               : findSorted(
                     found->tags, tag, [](const PoolTag &candidate) { return candidate.tag; }, comesBefore);
}

const PoolTag *PoolIndex::find(const ImageReference &reference) const
{
    const QString wanted = poolTag(reference);
    for (const RepositoryName &name : poolCandidates(reference)) {
        if (const PoolTag *found = tag(name, wanted)) {
            return found;
        }
    }
    return nullptr;
}

std::vector<const PoolTag *> PoolIndex::findAll(const ImageReference &reference) const
{
    if (!reference.pattern) {
        const PoolTag *one = find(reference);
        return one != nullptr ? std::vector{one} : std::vector<const PoolTag *>();
    }
    std::vector<const PoolTag *> found;
    for (const RepositoryName &name : poolCandidates(reference)) {
        const PoolRepository *candidate = repository(name);
        if (candidate == nullptr) {
            continue;
        }
        for (const PoolTag &tag : candidate->tags) {
            if (reference.pattern->matches(tag.tag) && !tag.isReferrer()) {
                found.push_back(&tag);
            }
        }
        if (!found.empty()) {
            break;
        }
    }
    return found;
}

bool PoolIndex::isLeftOut(const Digest &digest) const
{
    const PoolBlob *there = m_usage.find(digest);
    return there != nullptr && there->isLeftOut;
}

qint64 PoolIndex::sizeOf(const Descriptor &blob) const
{
    const PoolBlob *there = m_usage.find(blob.digest);
    return there != nullptr ? there->bytes : std::max<qint64>(0, blob.size);
}

qint64 PoolIndex::sizeOf(const PoolPart &part) const
{
    return m_scan.manifests.isThere(part.blob) ? blobs()[std::size_t(part.blob)].bytes
                                               : std::max<qint64>(0, part.size);
}

std::vector<PoolTag> PoolIndex::allTags() const
{
    std::vector<PoolTag> all;
    for (const PoolRepository &repository : m_scan.repositories) {
        all.insert(all.end(), repository.tags.begin(), repository.tags.end());
    }
    return all;
}

Closure PoolIndex::closure(const PoolTag &tag) const
{
    Closure closure;
    const PoolRepository *found = repository(tag.repository);
    if (found == nullptr) {
        return closure;
    }
    const int root = positionOf(tag.digest);
    if (root == PoolManifests::notThere) {
        closure.missing.push_back(tag.digest);
        return closure;
    }
    std::unordered_set<int> seen;
    Gathering gathering{*this, *found, closure};
    ClosureWalk(blobs(), m_scan.manifests, *found, seen, gathering).from(root);
    return closure;
}

qint64 PoolIndex::referrersIn(const PoolTag &tag, const Closure &closure) const
{
    const PoolManifest *root = manifestOf(tag.digest);
    return static_cast<qint64>(closure.manifests.size()) - (root != nullptr && root->isIndex ? 1 : 0);
}

void PoolIndex::count()
{
    m_totals.repositories = static_cast<qint64>(m_scan.repositories.size());
    int position = 0;
    for (const PoolRepository &repository : m_scan.repositories) {
        for (const PoolTag &tag : repository.tags) {
            m_totals.referrers += tag.isReferrer() ? referrersIn(tag, closure(tag)) : 0;
            m_totals.images += tag.isReferrer() ? 0 : 1;
            m_totals.nominalBytes += m_usage.tag(position++).bytes;
        }
    }
    for (const PoolUsage::Blob &blob : m_usage.blobs()) {
        if (blob.isLeftOut) {
            m_totals.leftOutBytes += blob.bytes;
            ++m_totals.leftOutBlobs;
            continue;
        }
        m_totals.storedBytes += blob.bytes;
        ++m_totals.blobs;
        if (blob.users == 0) {
            m_totals.unusedBytes += blob.bytes;
            ++m_totals.unusedBlobs;
        }
    }
}

} // namespace layerpool
