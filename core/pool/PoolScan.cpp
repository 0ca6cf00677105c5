// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolScan.h"

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

class Walk
{
public:
    Walk(const Pool &pool, const CancelToken &cancel) : m_pool(pool), m_cancel(cancel) {}

    Result<PoolScan> run();

private:
    Status readBlobs();
    Status readBlobsIn(const QByteArray &directory, Digest::Algorithm algorithm);
    Status readRepositories(const QByteArray &directory, const QString &name);
    void readRepository(const RepositoryName &name);
    void readTag(const DurableDirectory::Entry &entry, PoolRepository &repository);
    void readManifest(const Digest &digest, int depth);
    void readImage(const Manifest &manifest);
    void findForeignLayers();

    const Pool &m_pool;
    const CancelToken &m_cancel;
    PoolScan m_scan;
};

Result<PoolScan> Walk::run()
{
    // Names first, bytes after: what a writer publishes meanwhile is then never missed behind its tag.
    if (Status read = readRepositories(layout::repositories, {}); !read) {
        return read.error();
    }
    if (Status read = readBlobs(); !read) {
        return read.error();
    }
    std::sort(m_scan.repositories.begin(), m_scan.repositories.end(),
              [](const PoolRepository &a, const PoolRepository &b) { return a.name < b.name; });
    findForeignLayers();
    return std::move(m_scan);
}

Status Walk::readBlobs()
{
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QByteArray root = layout::blobs(algorithm);
        const auto prefixes = m_pool.files().entries(root);
        if (!prefixes) {
            return prefixes.error();
        }
        for (const DurableDirectory::Entry &prefix : *prefixes) {
            if (m_cancel.isCancelled()) {
                return cancelledError();
            }
            if (Status read = readBlobsIn(root + '/' + prefix.name, algorithm); !read) {
                return read;
            }
        }
    }
    return {};
}

Status Walk::readBlobsIn(const QByteArray &directory, Digest::Algorithm algorithm)
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
            m_scan.blobs.emplace(*digest, *size);
        }
    }
    return {};
}

// A folder is a repository where it holds `_manifests`; repositories may lie in one another.
Status Walk::readRepositories(const QByteArray &directory, const QString &name)
{
    if (m_cancel.isCancelled()) {
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
                m_scan.damage.push_back(
                    stray(m_pool.files().pathOf(directory), Text::tr("it is no legal repository name")));
            }
        } else if (entry.isDirectory && !entry.name.startsWith('_')) {
            const QString part = QString::fromUtf8(entry.name);
            const QString full = name.isEmpty() ? part : name + QLatin1Char('/') + part;
            if (Status read = readRepositories(directory + '/' + entry.name, full); !read) {
                return read;
            }
        }
    }
    return {};
}

void Walk::readRepository(const RepositoryName &name)
{
    PoolRepository repository;
    repository.name = name;
    const DurableDirectory &files = m_pool.files();
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QByteArray kind = Digest::nameOf(algorithm);
        const auto revisions = files.entries(layout::revisions(name) + '/' + kind);
        if (!revisions) {
            m_scan.damage.push_back(revisions.error());
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
        m_scan.damage.push_back(tags.error());
        return;
    }
    for (const DurableDirectory::Entry &entry : *tags) {
        readTag(entry, repository);
    }
    std::sort(repository.tags.begin(), repository.tags.end(),
              [](const PoolTag &a, const PoolTag &b) { return comesBefore(a.tag, b.tag); });
    m_scan.repositories.push_back(std::move(repository));
}

// Whatever lies among the tags is listed as one by a registry, and answers 404 or 500 where it is none.
void Walk::readTag(const DurableDirectory::Entry &entry, PoolRepository &repository)
{
    const QString tag = QString::fromUtf8(entry.name);
    const QString path = m_pool.files().pathOf(layout::tags(repository.name) + '/' + entry.name);
    if (!entry.isDirectory || !isTag(tag)) {
        m_scan.damage.push_back(stray(path, Text::tr("it is no tag")));
        return;
    }
    const Result<std::optional<Digest>> digest = m_pool.tagDigest(repository.name, tag);
    if (!digest) {
        m_scan.damage.push_back(digest.error());
    } else if (!*digest) {
        m_scan.damage.push_back(stray(path, Text::tr("the tag points at nothing")));
    } else {
        repository.tags.push_back({repository.name, tag, **digest});
        repository.referrerTags += repository.tags.back().isReferrer() ? 1 : 0;
        readManifest(**digest, 0);
    }
}

void Walk::readManifest(const Digest &digest, int depth)
{
    if (m_scan.manifests.contains(digest)) {
        return;
    }
    Result<Manifest> manifest = m_pool.manifest(digest);
    if (!manifest) {
        // A child that is not there makes a sparse index, not a damaged pool.
        if (depth == 0 || manifest.error().kind != ErrorKind::NotFound) {
            m_scan.damage.push_back(manifest.error());
        }
        return;
    }
    if (manifest->isIndex() && depth > Manifest::maxIndexDepth) {
        return;
    }
    const auto kept = std::make_shared<const Manifest>(*std::move(manifest));
    m_scan.manifests.insert(digest, kept);
    if (!kept->isIndex()) {
        readImage(*kept);
    }
    for (const Descriptor &child : kept->children()) {
        readManifest(child.digest, depth + 1);
    }
}

void Walk::readImage(const Manifest &manifest)
{
    PoolImage image{{manifest.mediaType(), manifest.digest(), manifest.size(), manifest.platform()}, {}};
    if (mediatype::isImageConfig(manifest.config().mediaType)) {
        const Result<QByteArray> bytes =
            m_pool.files().readFile(layout::blob(manifest.config().digest), Manifest::maxBytes);
        const ImageConfig config = bytes ? ImageConfig::parse(*bytes) : ImageConfig();
        image.descriptor.platform = config.platform;
        image.created = config.created;
    }
    m_scan.images.emplace(manifest.digest(), std::move(image));
}

// Another repository's foreign layer is none of ours, though the pool has it: this one can't serve it.
void Walk::findForeignLayers()
{
    for (PoolRepository &repository : m_scan.repositories) {
        for (const Digest &revision : repository.revisions) {
            const auto known = m_scan.manifests.value(revision);
            for (const Descriptor &blob : known ? known->layers() : std::vector<Descriptor>()) {
                if (blob.isForeign() && m_scan.blobs.contains(blob.digest) &&
                    m_pool.hasLayerLink(repository.name, blob.digest)) {
                    repository.foreign.insert(blob.digest);
                }
            }
        }
    }
}

} // namespace

Result<PoolScan> PoolScan::of(const Pool &pool, const CancelToken &cancel)
{
    return Walk(pool, cancel).run();
}

} // namespace layerpool
