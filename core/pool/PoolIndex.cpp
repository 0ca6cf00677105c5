// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolIndex.h"

#include "image/NamingRules.h"
#include "image/TagOrder.h"

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

} // namespace

Result<std::shared_ptr<const PoolIndex>> PoolIndex::read(const Pool &pool, const CancelToken &cancel)
{
    Result<PoolScan> scan = PoolScan::of(pool, cancel);
    if (!scan) {
        return scan.error();
    }
    return std::shared_ptr<const PoolIndex>(new PoolIndex(pool, *std::move(scan)));
}

PoolIndex::PoolIndex(Pool pool, PoolScan scan) : m_pool(std::move(pool)), m_scan(std::move(scan))
{
    int tags = 0;
    for (const PoolRepository &repository : m_scan.repositories) {
        m_firstTags.push_back(tags);
        tags += static_cast<int>(repository.tags.size());
    }
    m_usage = PoolUsage(*this);
    count();
}

const PoolImage *PoolIndex::image(const Digest &digest) const
{
    const auto found = m_scan.images.find(digest);
    return found == m_scan.images.end() ? nullptr : &found->second;
}

const Manifest *PoolIndex::manifest(const Digest &digest) const
{
    return m_scan.manifests.value(digest).get();
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

qint64 PoolIndex::sizeOf(const Descriptor &blob) const
{
    const auto there = m_scan.blobs.find(blob.digest);
    return there != m_scan.blobs.end() ? there->second : std::max<qint64>(0, blob.size);
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
    if (const PoolRepository *found = repository(tag.repository)) {
        std::set<Digest> seen;
        addToClosure(*found, tag.digest, seen, closure);
    }
    return closure;
}

qint64 PoolIndex::referrersIn(const PoolTag &tag, const Closure &closure) const
{
    const Manifest *root = manifest(tag.digest);
    return static_cast<qint64>(closure.manifests.size()) - (root != nullptr && root->isIndex() ? 1 : 0);
}

void PoolIndex::addToClosure(const PoolRepository &repository, const Digest &digest, std::set<Digest> &seen,
                             Closure &closure) const
{
    if (!seen.insert(digest).second) {
        return;
    }
    const Manifest *found = manifest(digest);
    if (found == nullptr) {
        closure.missing.push_back(digest);
        return;
    }
    for (const Descriptor &child : found->children()) {
        if (repository.revisions.contains(child.digest)) {
            addToClosure(repository, child.digest, seen, closure);
        }
    }
    for (const Descriptor &blob : found->blobs()) {
        if (seen.insert(blob.digest).second) {
            addBlob(repository, blob, closure);
        }
    }
    closure.manifests.push_back(digest);
    closure.bytes += found->size();
}

void PoolIndex::addBlob(const PoolRepository &repository, Descriptor blob, Closure &closure) const
{
    if (repository.leavesAtVendor(blob)) {
        closure.foreign.push_back(std::move(blob));
        return;
    }
    const auto there = m_scan.blobs.find(blob.digest);
    if (there == m_scan.blobs.end() || !blob.fits(there->second)) {
        closure.missing.push_back(blob.digest);
        return;
    }
    blob.size = there->second;
    closure.bytes += blob.size;
    closure.blobs.push_back(std::move(blob));
}

void PoolIndex::count()
{
    m_totals.repositories = static_cast<qint64>(m_scan.repositories.size());
    m_totals.blobs = static_cast<qint64>(m_scan.blobs.size());
    int position = 0;
    for (const PoolRepository &repository : m_scan.repositories) {
        for (const PoolTag &tag : repository.tags) {
            m_totals.referrers += tag.isReferrer() ? referrersIn(tag, closure(tag)) : 0;
            m_totals.images += tag.isReferrer() ? 0 : 1;
            m_totals.nominalBytes += m_usage.tag(position++).bytes;
        }
    }
    for (const PoolUsage::Blob &blob : m_usage.blobs()) {
        m_totals.storedBytes += blob.bytes;
        if (blob.users == 0) {
            m_totals.unusedBytes += blob.bytes;
            ++m_totals.unusedBlobs;
        }
    }
}

} // namespace layerpool
