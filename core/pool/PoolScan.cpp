// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolScan.h"

#include "base/Cores.h"
#include "base/Text.h"
#include "image/ImageSummary.h"
#include "pool/PoolContents.h"
#include "pool/PoolLayout.h"

#include <algorithm>
#include <map>

namespace layerpool {
namespace {

// Manifests as they are parsed are large; so many of them lie in memory at a time.
constexpr std::size_t kManifestsAtOnce = 1024;
constexpr std::size_t kBlobsAtOnce = 256;
constexpr qint64 kNoFile = -1;

/// Below the folder of its algorithm.
QByteArray pathOf(const Digest &digest)
{
    const QByteArray hex = digest.hex();
    return hex.first(2) + '/' + hex + "/data";
}

class Walk
{
public:
    Walk(const Pool &pool, const CancelToken &cancel) : m_pool(pool), m_cancel(cancel) {}

    Result<PoolScan> run(const OnPoolNames &onNames);

private:
    struct Read
    {
        Result<Manifest> manifest = cancelledError();
        std::vector<int> positions; // of its parts
        ImageSummary summary;
    };

    Status readBlobs();
    Status readBlobs(Digest::Algorithm algorithm);
    Status takeBlobs(std::vector<Result<std::vector<Digest>>> &found);
    Status readSizes(std::size_t first, const DurableDirectory &folder);
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

Result<PoolScan> Walk::run(const OnPoolNames &onNames)
{
    if (const PoolContents *contents = m_pool.contents()) {
        m_scan.repositories = contents->repositories();
        m_scan.blobs = contents->blobs();
        m_scan.manifests = PoolManifests(int(m_scan.blobs.size()));
        if (Status read = readManifests(); !read) {
            return read.error();
        }
        findForeignLayers();
        return std::move(m_scan);
    }
    // Names first, bytes after: what a writer publishes meanwhile is then never missed behind its tag.
    Result<PoolNames> names = scanNames(m_pool, m_cancel, onNames);
    if (!names) {
        return names.error();
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

// One that lies in a folder of other digits than its own is no blob: nobody would look for it there.
std::vector<Digest> namesIn(const std::vector<DurableDirectory::Entry> &entries, const QByteArray &prefix,
                            Digest::Algorithm algorithm)
{
    std::vector<Digest> names;
    names.reserve(entries.size());
    const QByteArray kind = Digest::nameOf(algorithm) + ':';
    for (const DurableDirectory::Entry &entry : entries) {
        const auto digest = entry.isDirectory && entry.name.startsWith(prefix)
                                ? Digest::parse(QByteArrayView(kind + entry.name))
                                : std::nullopt;
        if (digest) {
            names.push_back(*digest);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
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
    const DurableDirectory &folder = m_blobFolders.emplace(algorithm, *std::move(root)).first->second;
    const auto prefixes = folder.entries({});
    if (!prefixes) {
        return prefixes.error();
    }
    std::vector<Result<std::vector<Digest>>> found(prefixes->size(), std::vector<Digest>());
    forEachOnCores(prefixes->size(), m_cancel, [&](std::size_t i) {
        const DurableDirectory::Entry &prefix = (*prefixes)[i];
        const auto entries = folder.entries(prefix.name);
        if (entries) {
            found[i] = namesIn(*entries, prefix.name, algorithm);
        } else if (prefix.isDirectory) {
            found[i] = entries.error();
        }
    });
    const std::size_t first = m_scan.blobs.size();
    if (Status taken = takeBlobs(found); !taken) {
        return taken;
    }
    return readSizes(first, folder);
}

// Each folder has the digests that begin alike, so they need no sorting among one another.
Status Walk::takeBlobs(std::vector<Result<std::vector<Digest>>> &found)
{
    std::size_t count = m_scan.blobs.size();
    for (const auto &names : found) {
        if (!names) {
            return names.error();
        }
        count += names->size();
    }
    std::erase_if(found, [](const auto &names) { return names->empty(); });
    std::sort(found.begin(), found.end(),
              [](const auto &a, const auto &b) { return a->front() < b->front(); });
    m_scan.blobs.reserve(count);
    for (auto &names : found) {
        for (const Digest &digest : *names) {
            m_scan.blobs.emplace_back().digest = digest;
        }
        names = std::vector<Digest>();
    }
    return {};
}

// A folder alone is no blob: a writer that was stopped leaves one.
Status Walk::readSizes(std::size_t first, const DurableDirectory &folder)
{
    const std::size_t count = m_scan.blobs.size() - first;
    forEachOnCores((count + kBlobsAtOnce - 1) / kBlobsAtOnce, m_cancel, [&](std::size_t piece) {
        const std::size_t end = std::min(count, (piece + 1) * kBlobsAtOnce);
        for (std::size_t i = piece * kBlobsAtOnce; i < end; ++i) {
            PoolBlob &blob = m_scan.blobs[first + i];
            blob.bytes = folder.fileSizeInKnown(pathOf(blob.digest)).value_or(kNoFile);
        }
    });
    std::erase_if(m_scan.blobs, [](const PoolBlob &blob) { return blob.bytes == kNoFile; });
    return m_cancel.isCancelled() ? Status(cancelledError()) : Status();
}

// The manifests that tags name, then the children of the indexes among them, and so on.
Status Walk::readManifests()
{
    std::vector<int> level = roots();
    for (int depth = 0; !level.empty(); ++depth) {
        for (std::size_t first = 0; first < level.size(); first += kManifestsAtOnce) {
            const std::size_t count = std::min(kManifestsAtOnce, level.size() - first);
            std::vector<Read> read(count);
            forEachOnCores(count, m_cancel, [&](std::size_t i) { read[i] = readManifest(level[first + i]); });
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
    return m_pool.contents()
               ? m_pool.readBlob(digest, Manifest::maxBytes)
               : m_blobFolders.at(digest.algorithm()).readFile(pathOf(digest), Manifest::maxBytes);
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
            for (const PoolPart &part :
                 known ? m_scan.manifests.partsOf(*known) : std::span<const PoolPart>()) {
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

Result<PoolScan> PoolScan::of(const Pool &pool, const CancelToken &cancel, const OnPoolNames &onNames)
{
    return Walk(pool, cancel).run(onNames);
}

} // namespace layerpool
