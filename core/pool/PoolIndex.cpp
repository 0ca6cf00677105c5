// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolIndex.h"

#include "base/Text.h"
#include "image/ImageConfig.h"
#include "image/NamingRules.h"
#include "image/TagOrder.h"
#include "pool/PoolLayout.h"

#include <algorithm>

namespace layerpool {
namespace {

Error stray(const QString &path, const QString &why)
{
    return {ErrorKind::Corrupt, Text::tr("%1 does not belong in a pool").arg(path), why,
            Text::tr("Look at it, and remove it")};
}

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
    std::shared_ptr<PoolIndex> index(new PoolIndex(pool));
    // Names first, bytes after: what a writer publishes meanwhile is then never missed behind its tag.
    if (Status read = index->readRepositories(layout::repositories, {}, cancel); !read) {
        return read.error();
    }
    if (Status read = index->readBlobs(cancel); !read) {
        return read.error();
    }
    std::sort(index->m_repositories.begin(), index->m_repositories.end(),
              [](const PoolRepository &a, const PoolRepository &b) { return a.name < b.name; });
    index->findForeignLayers();
    index->count();
    return std::shared_ptr<const PoolIndex>(std::move(index));
}

Status PoolIndex::readBlobs(const CancelToken &cancel)
{
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QByteArray root = layout::blobs(algorithm);
        const auto prefixes = m_pool.files().entries(root);
        if (!prefixes) {
            return prefixes.error();
        }
        for (const DurableDirectory::Entry &prefix : *prefixes) {
            if (cancel.isCancelled()) {
                return cancelledError();
            }
            if (Status read = readBlobsIn(root + '/' + prefix.name, algorithm); !read) {
                return read;
            }
        }
    }
    return {};
}

Status PoolIndex::readBlobsIn(const QByteArray &directory, Digest::Algorithm algorithm)
{
    const auto blobs = m_pool.files().entries(directory);
    if (!blobs) {
        return blobs.error();
    }
    for (const DurableDirectory::Entry &blob : *blobs) {
        const auto digest = Digest::parse(QByteArrayView(Digest::nameOf(algorithm) + ':' + blob.name));
        // A folder alone is no blob: a writer that was stopped leaves one.
        const std::optional<qint64> size = digest ? m_pool.blobSize(*digest) : std::nullopt;
        if (size) {
            m_blobs.emplace(*digest, *size);
        }
    }
    return {};
}

// A folder is a repository where it holds `_manifests`; repositories may lie in one another.
Status PoolIndex::readRepositories(const QByteArray &directory, const QString &name,
                                   const CancelToken &cancel)
{
    if (cancel.isCancelled()) {
        return cancelledError();
    }
    const auto entries = m_pool.files().entries(directory);
    if (!entries) {
        return entries.error();
    }
    for (const DurableDirectory::Entry &entry : *entries) {
        if (entry.name == "_manifests" && !name.isEmpty()) {
            if (const auto repository = RepositoryName::parse(name)) {
                readRepository(*repository);
            } else {
                m_damage.push_back(
                    stray(m_pool.files().pathOf(directory), Text::tr("it is no legal repository name")));
            }
        } else if (entry.isDirectory && !entry.name.startsWith('_')) {
            const QString part = QString::fromUtf8(entry.name);
            const QString full = name.isEmpty() ? part : name + QLatin1Char('/') + part;
            if (Status read = readRepositories(directory + '/' + entry.name, full, cancel); !read) {
                return read;
            }
        }
    }
    return {};
}

void PoolIndex::readRepository(const RepositoryName &name)
{
    PoolRepository repository;
    repository.name = name;
    const DurableDirectory &files = m_pool.files();
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QByteArray kind = Digest::nameOf(algorithm);
        const auto revisions = files.entries(layout::revisions(name) + '/' + kind);
        if (!revisions) {
            m_damage.push_back(revisions.error());
            return;
        }
        for (const DurableDirectory::Entry &revision : *revisions) {
            if (const auto digest = Digest::parse(QByteArrayView(kind + ':' + revision.name))) {
                repository.revisions.insert(*digest);
            }
        }
    }
    const auto tags = files.entries(layout::tags(name));
    if (!tags) {
        m_damage.push_back(tags.error());
        return;
    }
    for (const DurableDirectory::Entry &entry : *tags) {
        readTag(entry, repository);
    }
    std::sort(repository.tags.begin(), repository.tags.end(),
              [](const PoolTag &a, const PoolTag &b) { return comesBefore(a.tag, b.tag); });
    m_repositories.push_back(std::move(repository));
}

// Whatever lies among the tags is listed as one by a registry, and answers 404 or 500 where it is none.
void PoolIndex::readTag(const DurableDirectory::Entry &entry, PoolRepository &repository)
{
    const QString tag = QString::fromUtf8(entry.name);
    const QString path = m_pool.files().pathOf(layout::tags(repository.name) + '/' + entry.name);
    if (!entry.isDirectory || !isTag(tag)) {
        m_damage.push_back(stray(path, Text::tr("it is no tag")));
        return;
    }
    const Result<std::optional<Digest>> digest = m_pool.tagDigest(repository.name, tag);
    if (!digest) {
        m_damage.push_back(digest.error());
    } else if (!*digest) {
        m_damage.push_back(stray(path, Text::tr("the tag points at nothing")));
    } else {
        repository.tags.push_back({repository.name, tag, **digest});
        repository.referrerTags += repository.tags.back().isReferrer() ? 1 : 0;
        readManifest(**digest, 0);
    }
}

void PoolIndex::readManifest(const Digest &digest, int depth)
{
    if (const auto known = m_manifests.constFind(digest); known != m_manifests.constEnd()) {
        if (depth == 0 && !(*known)->isIndex()) { // it was met as a child before
            readImage(**known);
        }
        return;
    }
    Result<Manifest> manifest = m_pool.manifest(digest);
    if (!manifest) {
        // A child that is not there makes a sparse index, not a damaged pool.
        if (depth == 0 || manifest.error().kind != ErrorKind::NotFound) {
            m_damage.push_back(manifest.error());
        }
        return;
    }
    if (manifest->isIndex() && depth > Manifest::maxIndexDepth) {
        return;
    }
    const auto kept = std::make_shared<const Manifest>(*std::move(manifest));
    m_manifests.insert(digest, kept);
    if (depth == 0 && !kept->isIndex()) {
        readImage(*kept);
    }
    for (const Descriptor &child : kept->children()) {
        readManifest(child.digest, depth + 1);
    }
}

void PoolIndex::readImage(const Manifest &manifest)
{
    std::optional<Platform> platform = manifest.platform();
    if (!manifest.isLegacy()) {
        const Result<QByteArray> config =
            m_pool.files().readFile(layout::blob(manifest.config().digest), Manifest::maxBytes);
        platform = config ? platformOfConfig(*config) : std::nullopt;
    }
    m_images.emplace(manifest.digest(),
                     Descriptor{manifest.mediaType(), manifest.digest(), manifest.size(), platform});
}

const Descriptor *PoolIndex::image(const Digest &digest) const
{
    const auto found = m_images.find(digest);
    return found == m_images.end() ? nullptr : &found->second;
}

const Manifest *PoolIndex::manifest(const Digest &digest) const
{
    return m_manifests.value(digest).get();
}

const PoolRepository *PoolIndex::repository(const RepositoryName &name) const
{
    return findSorted(
        m_repositories, name, [](const PoolRepository &repository) { return repository.name; }, std::less());
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
    const auto there = m_blobs.find(blob.digest);
    return there != m_blobs.end() ? there->second : std::max<qint64>(0, blob.size);
}

std::vector<PoolTag> PoolIndex::allTags() const
{
    std::vector<PoolTag> all;
    for (const PoolRepository &repository : m_repositories) {
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
    const auto there = m_blobs.find(blob.digest);
    if (there == m_blobs.end() || !blob.fits(there->second)) {
        closure.missing.push_back(blob.digest);
        return;
    }
    blob.size = there->second;
    closure.bytes += blob.size;
    closure.blobs.push_back(std::move(blob));
}

// Another repository's foreign layer is none of ours, though the pool has it: this one can't serve it.
void PoolIndex::findForeignLayers()
{
    for (PoolRepository &repository : m_repositories) {
        for (const Digest &revision : repository.revisions) {
            const Manifest *known = manifest(revision);
            for (const Descriptor &blob : known == nullptr ? std::vector<Descriptor>() : known->layers()) {
                if (blob.isForeign() && hasBlob(blob.digest) &&
                    m_pool.hasLayerLink(repository.name, blob.digest)) {
                    repository.foreign.insert(blob.digest);
                }
            }
        }
    }
}

void PoolIndex::count()
{
    m_totals.repositories = static_cast<qint64>(m_repositories.size());
    m_totals.blobs = static_cast<qint64>(m_blobs.size());
    for (const PoolTag &tag : allTags()) {
        const Closure parts = closure(tag);
        if (tag.isReferrer()) {
            m_totals.referrers += referrersIn(tag, parts);
        } else {
            ++m_totals.images;
        }
        m_totals.nominalBytes += parts.bytes;
        for (const Descriptor &blob : parts.blobs) {
            ++m_users[blob.digest];
        }
        for (const Digest &digest : parts.manifests) {
            ++m_users[digest];
        }
    }
    for (const auto &[digest, size] : m_blobs) {
        m_totals.storedBytes += size;
        if (!m_users.contains(digest)) {
            m_totals.unusedBytes += size;
            ++m_totals.unusedBlobs;
        }
    }
}

} // namespace layerpool
