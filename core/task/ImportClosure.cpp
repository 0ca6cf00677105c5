// SPDX-License-Identifier: Apache-2.0
#include "task/ImportClosure.h"

#include "base/Text.h"

#include <unordered_set>

namespace layerpool {

class ImportClosure::Walk
{
public:
    Walk(const ImportClosure &all, const RepositoryName &repository) : m_all(all), m_repository(repository) {}

    Image run(const Digest &root)
    {
        from(root, 0);
        return std::move(m_image);
    }

private:
    // Children before the index that names them, the root last.
    void from(const Digest &digest, int depth)
    {
        if (!m_seen.insert(digest).second) {
            return;
        }
        const Result<Manifest> manifest = m_all.manifest(digest);
        if (!manifest || (manifest->isIndex() && depth > Manifest::maxIndexDepth)) {
            m_image.closure.missing.push_back(digest);
            if (!manifest && !m_image.fault) {
                m_image.fault = manifest.error();
            }
            return;
        }
        for (const Descriptor &child : manifest->children()) {
            if (m_all.hasRevision(m_repository, child.digest)) {
                from(child.digest, depth + 1);
            }
        }
        for (const Descriptor &blob : manifest->blobs()) {
            if (m_seen.insert(blob.digest).second) {
                add(blob);
            }
        }
        m_image.isIndex = manifest->isIndex();
        m_image.closure.manifests.push_back(digest);
        m_image.closure.bytes += manifest->size();
    }

    void add(Descriptor blob)
    {
        const std::optional<qint64> size = m_all.m_source.blobSize(blob.digest);
        if (blob.isForeign() && !(size && m_all.hasLayer(m_repository, blob.digest))) {
            m_image.closure.foreign.push_back(std::move(blob));
        } else if (!size || !blob.fits(*size)) {
            m_image.closure.missing.push_back(blob.digest);
        } else {
            blob.size = *size;
            m_image.closure.bytes += *size;
            m_image.closure.blobs.push_back(std::move(blob));
        }
    }

    const ImportClosure &m_all;
    const RepositoryName &m_repository;
    std::unordered_set<Digest> m_seen;
    Image m_image;
};

ImportClosure::Image ImportClosure::of(const PoolTag &tag) const
{
    return Walk(*this, tag.repository).run(tag.digest);
}

bool ImportClosure::hasRevision(const RepositoryName &repository, const Digest &digest) const
{
    const BundleContent::Repository *ours = m_content.repository(repository);
    return (ours != nullptr && ours->revisions.contains(digest)) ||
           (m_source.pool != nullptr && m_source.pool->hasRevision(repository, digest));
}

bool ImportClosure::hasLayer(const RepositoryName &repository, const Digest &digest) const
{
    const BundleContent::Repository *ours = m_content.repository(repository);
    return (ours != nullptr && ours->layers.contains(digest)) ||
           (m_source.pool != nullptr && m_source.pool->hasLayerLink(repository, digest));
}

Error notWhole(const QString &image, const ImportClosure::Image &parts)
{
    const auto count = static_cast<int>(parts.closure.missing.size());
    const QString first = parts.closure.missing.front().toString();
    const bool isUnread = parts.fault && parts.fault->kind != ErrorKind::NotFound;
    return {ErrorKind::BadInput, Text::tr("%1 is not whole").arg(image),
            isUnread ? parts.fault->sentence()
                     : Text::tr("%n blob(s) are missing, %1 among them", nullptr, count).arg(first),
            Text::tr("Import the bundle that this one builds upon first")};
}

} // namespace layerpool
