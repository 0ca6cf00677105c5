// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolScan.h"

#include "base/Cores.h"
#include "base/Text.h"
#include "image/ImageSummary.h"
#include "pool/PoolLayout.h"
#include "pool/PoolNamesScan.h"

#include <algorithm>
#include <map>

namespace layerpool {
namespace {

// Manifests as they are parsed are large; so many of them lie in memory at a time.
constexpr std::size_t kManifestsAtOnce = 1024;

class Walk
{
public:
    Walk(const Pool &pool, const CancelToken &cancel) : m_pool(pool), m_cancel(cancel) {}

    Result<PoolScan> run(const PoolScan::OnNames &onNames);

private:
    struct Read
    {
        Result<Manifest> manifest = cancelledError();
        std::vector<int> positions; // of its parts
        ImageSummary summary;
    };

    Status readBlobs();
    Status readBlobs(Digest::Algorithm algorithm);
    Status takeBlobs(std::vector<Result<std::vector<PoolBlob>>> &found);
    Status readManifests();
    Read readManifest(int blob) const;
    Result<QByteArray> readBlob(const Digest &digest) const;
    void take(int blob, const Read &read, int depth);
    std::vector<int> roots();
    std::vector<int> childrenOf(const std::vector<int> &indexes) const;
    void findForeignLayers();

    const Pool &m_pool;
    const CancelToken &m_cancel;
    PoolScan m_scan;
    std::map<Digest::Algorithm, DurableDirectory> m_blobFolders;
};

Result<PoolScan> Walk::run(const PoolScan::OnNames &onNames)
{
    // Names first, bytes after: what a writer publishes meanwhile is then never missed behind its tag.
    Result<PoolNames> names = scanNames(m_pool, m_cancel);
    if (!names) {
        return names.error();
    }
    if (onNames) {
        onNames(names->repositories);
    }
    if (Status read = scanLinks(m_pool, *names, m_cancel); !read) {
        return read.error();
    }
    m_scan.repositories = std::move(names->repositories);
    m_scan.damage = std::move(names->damage);
    if (Status read = readBlobs(); !read) {
        return read.error();
    }
    if (Status read = readManifests(); !read) {
        return read.error();
    }
    findForeignLayers();
    return std::move(m_scan);
}

Status Walk::readBlobs()
{
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        if (Status read = readBlobs(algorithm); !read) {
            return read;
        }
    }
    m_scan.manifests = PoolManifests(int(m_scan.blobs.size()));
    return {};
}

// A folder alone is no blob: a writer that was stopped leaves one. One that lies in a folder of other digits
// than its own is none either: nobody would look for it there.
std::vector<PoolBlob> blobsIn(const DurableDirectory &folder, const QByteArray &prefix,
                              const std::vector<DurableDirectory::Entry> &entries,
                              Digest::Algorithm algorithm)
{
    std::vector<PoolBlob> blobs;
    blobs.reserve(entries.size());
    const QByteArray named = Digest::nameOf(algorithm) + ':';
    for (const DurableDirectory::Entry &entry : entries) {
        const auto digest = entry.isDirectory && entry.name.startsWith(prefix)
                                ? Digest::parse(QByteArrayView(named + entry.name))
                                : std::nullopt;
        const auto size = digest ? folder.fileSizeInKnown(entry.name + "/data") : std::nullopt;
        if (size) {
            PoolBlob blob;
            blob.digest = *digest;
            blob.bytes = *size;
            blobs.push_back(blob);
        }
    }
    std::sort(blobs.begin(), blobs.end(),
              [](const PoolBlob &a, const PoolBlob &b) { return a.digest < b.digest; });
    return blobs;
}

Status Walk::readBlobs(Digest::Algorithm algorithm)
{
    Result<DurableDirectory> root = m_pool.files().subdirectory(layout::blobs(algorithm));
    if (!root && root.error().kind == ErrorKind::NotFound) {
        return {};
    }
    if (!root) {
        return root.error();
    }
    const DurableDirectory &folder =
        m_blobFolders.emplace(algorithm, *std::move(root)).first->second;
    const auto prefixes = folder.entries({});
    if (!prefixes) {
        return prefixes.error();
    }
    std::vector<Result<std::vector<PoolBlob>>> found(prefixes->size(), std::vector<PoolBlob>());
    forEachOnCores(prefixes->size(), m_cancel, [&](std::size_t i) {
        const QByteArray &prefix = (*prefixes)[i].name;
        const auto inside = folder.subdirectory(prefix);
        const auto entries = inside ? inside->entries({}) : inside.error();
        if (entries) {
            found[i] = blobsIn(*inside, prefix, *entries, algorithm);
        } else if ((*prefixes)[i].isDirectory) {
            found[i] = entries.error();
        }
    });
    return m_cancel.isCancelled() ? Status(cancelledError()) : takeBlobs(found);
}

// Each folder has the digests that begin alike, so they need no sorting among one another.
Status Walk::takeBlobs(std::vector<Result<std::vector<PoolBlob>>> &found)
{
    std::size_t count = m_scan.blobs.size();
    for (const auto &blobs : found) {
        if (!blobs) {
            return blobs.error();
        }
        count += blobs->size();
    }
    std::erase_if(found, [](const auto &blobs) { return blobs->empty(); });
    std::sort(found.begin(), found.end(),
              [](const auto &a, const auto &b) { return a->front().digest < b->front().digest; });
    m_scan.blobs.reserve(count);
    for (auto &blobs : found) {
        m_scan.blobs.insert(m_scan.blobs.end(), blobs->begin(), blobs->end());
        blobs = std::vector<PoolBlob>();
    }
    return {};
}

// The manifests that tags name, then the children of the indexes among them, and so on.
Status Walk::readManifests()
{
    std::vector<int> level = roots();
    for (int depth = 0; !level.empty(); ++depth) {
        for (std::size_t first = 0; first < level.size(); first += kManifestsAtOnce) {
            const std::size_t count = std::min(kManifestsAtOnce, level.size() - first);
            std::vector<Read> read(count);
            forEachOnCores(count, m_cancel,
                           [&](std::size_t i) { read[i] = readManifest(level[first + i]); });
            if (m_cancel.isCancelled()) {
                return cancelledError();
            }
            for (std::size_t i = 0; i < count; ++i) {
                take(level[first + i], read[i], depth);
            }
        }
        level = childrenOf(level);
    }
    m_scan.manifests.shrink();
    return {};
}

std::vector<int> Walk::roots()
{
    std::vector<int> roots;
    std::vector<Digest> missing;
    for (const PoolRepository &repository : m_scan.repositories) {
        for (const PoolTag &tag : repository.tags) {
            const int position = positionOf(m_scan.blobs, tag.digest);
            if (position == PoolManifests::notThere) {
                missing.push_back(tag.digest);
            } else {
                roots.push_back(position);
            }
        }
    }
    for (const Digest &digest : DigestSet(std::move(missing))) {
        if (const Result<Manifest> manifest = m_pool.manifest(digest); !manifest) {
            m_scan.damage.push_back(manifest.error());
        }
    }
    std::sort(roots.begin(), roots.end());
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    return roots;
}

// A child that is not there makes a sparse index, not a damaged pool.
std::vector<int> Walk::childrenOf(const std::vector<int> &indexes) const
{
    std::vector<int> children;
    for (const int blob : indexes) {
        const PoolManifest *index = m_scan.manifests.at(blob);
        if (index == nullptr || !index->isIndex) {
            continue;
        }
        for (const PoolPart &child : m_scan.manifests.partsOf(*index)) {
            if (m_scan.manifests.isThere(child.blob) && m_scan.manifests.at(child.blob) == nullptr) {
                children.push_back(child.blob);
            }
        }
    }
    std::sort(children.begin(), children.end());
    children.erase(std::unique(children.begin(), children.end()), children.end());
    return children;
}

Result<QByteArray> Walk::readBlob(const Digest &digest) const
{
    const QByteArray hex = digest.hex();
    return m_blobFolders.at(digest.algorithm())
        .readFile(hex.first(2) + '/' + hex + "/data", Manifest::maxBytes);
}

Walk::Read Walk::readManifest(int blob) const
{
    const Digest &digest = m_scan.blobs[std::size_t(blob)].digest;
    Read read{Pool::manifestIn(readBlob(digest), digest), {}, {}};
    if (!read.manifest) {
        return read;
    }
    const Manifest &manifest = *read.manifest;
    const Descriptor &config = manifest.config();
    const auto addPosition = [&](const Descriptor &part) {
        read.positions.push_back(positionOf(m_scan.blobs, part.digest));
    };
    if (!config.digest.isNull()) {
        addPosition(config);
    }
    const std::vector<Descriptor> &others = manifest.isIndex() ? manifest.children() : manifest.layers();
    std::for_each(others.begin(), others.end(), addPosition);
    if (!mediatype::isImageConfig(config.mediaType)) {
        read.summary.platform = manifest.platform();
    } else if (read.positions.front() != PoolManifests::notThere) {
        const Result<QByteArray> bytes = readBlob(config.digest);
        read.summary = bytes ? ImageSummary::parse(*bytes) : ImageSummary();
    }
    return read;
}

void Walk::take(int blob, const Read &read, int depth)
{
    if (!read.manifest) {
        if (depth == 0 || read.manifest.error().kind != ErrorKind::NotFound) {
            m_scan.damage.push_back(read.manifest.error());
        }
        return;
    }
    if (!read.manifest->isIndex() || depth <= Manifest::maxIndexDepth) {
        m_scan.manifests.add(blob,
                             {*read.manifest, read.positions, read.summary.platform, read.summary.created});
    }
}

// Another repository's foreign layer is none of ours, though the pool has it: this one can't serve it.
void Walk::findForeignLayers()
{
    if (!m_scan.manifests.hasForeign()) {
        return;
    }
    for (PoolRepository &repository : m_scan.repositories) {
        std::vector<Digest> foreign;
        for (const Digest &revision : repository.revisions) {
            const PoolManifest *known = m_scan.manifests.at(positionOf(m_scan.blobs, revision));
            for (const PoolPart &part : known ? m_scan.manifests.partsOf(*known) : std::span<const PoolPart>()) {
                if (m_scan.manifests.isForeign(part) && m_scan.manifests.isThere(part.blob) &&
                    m_pool.hasLayerLink(repository.name, m_scan.blobs[std::size_t(part.blob)].digest)) {
                    foreign.push_back(m_scan.blobs[std::size_t(part.blob)].digest);
                }
            }
        }
        repository.foreign = DigestSet(std::move(foreign));
    }
}

} // namespace

int positionOf(const std::vector<PoolBlob> &blobs, const Digest &digest)
{
    const auto found =
        std::lower_bound(blobs.begin(), blobs.end(), digest,
                         [](const PoolBlob &blob, const Digest &key) { return blob.digest < key; });
    return found != blobs.end() && found->digest == digest ? int(found - blobs.begin())
                                                           : PoolManifests::notThere;
}

Result<PoolScan> PoolScan::of(const Pool &pool, const CancelToken &cancel, const OnNames &onNames)
{
    return Walk(pool, cancel).run(onNames);
}

} // namespace layerpool
