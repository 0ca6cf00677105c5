// SPDX-License-Identifier: Apache-2.0
#include "task/TaggedManifests.h"

#include <algorithm>

namespace layerpool {

const Manifest *TaggedManifests::find(const Digest &manifest) const
{
    const auto found = std::find_if(manifests.begin(), manifests.end(),
                                    [&](const Manifest &taken) { return taken.digest() == manifest; });
    return found != manifests.end() ? &*found : nullptr;
}

void TaggedManifests::take(Manifest manifest)
{
    for (const Descriptor &blob : manifest.blobs()) {
        if (std::none_of(blobs.begin(), blobs.end(),
                         [&](const Descriptor &taken) { return taken.digest == blob.digest; })) {
            blobs.push_back(blob);
        }
    }
    manifests.push_back(std::move(manifest));
}

bool TaggedManifests::isWholeIn(const Pool &pool, const RepositoryName &repository) const
{
    const Result<std::optional<Digest>> current = pool.tagDigest(repository, tag);
    return current && *current == root &&
           std::all_of(manifests.begin(), manifests.end(),
                       [&](const Manifest &manifest) {
                           return pool.blobSize(manifest.digest()) == manifest.size() &&
                                  pool.hasRevision(repository, manifest.digest());
                       }) &&
           std::all_of(blobs.begin(), blobs.end(), [&](const Descriptor &blob) {
               return pool.has(blob) && pool.hasLayerLink(repository, blob.digest);
           });
}

ImageLinks TaggedManifests::links(const RepositoryName &repository) const
{
    ImageLinks links{repository, tag, root, {}, {}};
    for (const Manifest &manifest : manifests) {
        links.manifests.push_back(manifest.digest());
    }
    for (const Descriptor &blob : blobs) {
        links.blobs.push_back(blob.digest);
    }
    return links;
}

std::optional<Manifest> SourceManifests::known(const Digest &digest) const
{
    if (!m_pool) {
        return std::nullopt;
    }
    Result<Manifest> known = m_pool->manifest(digest);
    if (!known) {
        known = m_pool->seenIndex(digest);
    }
    return known ? std::optional(*std::move(known)) : std::nullopt;
}

Result<Manifest> SourceManifests::byDigest(const RemoteRepository &source, const Digest &digest,
                                           RegistryClient &client) const
{
    std::optional<Manifest> there = known(digest);
    return there ? Result<Manifest>(*std::move(there)) : client.manifest(source, digest.toString());
}

Result<Manifest> SourceManifests::byTag(const RemoteRepository &source, const QString &tag,
                                        const RepositoryName &repository, const QString &poolTag,
                                        RegistryClient &client) const
{
    if (m_pool) {
        const Result<std::optional<Digest>> current = m_pool->tagDigest(repository, poolTag);
        if (current && *current) {
            const Result<std::optional<Digest>> now = client.manifestDigest(source, tag);
            if (!now) {
                return now.error();
            }
            if (std::optional<Manifest> there = *now ? known(**now) : std::nullopt) {
                return *std::move(there);
            }
        }
    }
    return client.manifest(source, tag); // a header may lie: the bytes decide
}

} // namespace layerpool
