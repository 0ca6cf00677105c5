// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/ImageLinks.h"
#include "registry/RegistryClient.h"

namespace layerpool {

/// A tag that a pool will have, with all that it stands for at its source.
struct TaggedManifests
{
    QString tag;                     ///< in the pool
    Digest root;                     ///< what the tag will point at
    std::vector<Manifest> manifests; ///< children before their index; the root last
    std::vector<Descriptor> blobs;   ///< configs and layers that are wanted, each digest once
    bool isThere = false;            ///< the pool has it whole, under this tag

    /// Null where it is not among them.
    const Manifest *find(const Digest &manifest) const;
    bool has(const Digest &manifest) const { return find(manifest) != nullptr; }
    /// Adds a manifest, and its blobs.
    void take(Manifest manifest);
    bool isWholeIn(const Pool &pool, const RepositoryName &repository) const;
    ImageLinks links(const RepositoryName &repository) const;
};

/// The manifests of sources. Bytes that the pool knows by their digest need not come again.
class SourceManifests
{
public:
    /// `pool` must outlive it; it is empty where it will be made.
    explicit SourceManifests(const std::optional<Pool> &pool) : m_pool(pool) {}

    Result<Manifest> byDigest(const RemoteRepository &source, const Digest &digest,
                              RegistryClient &client) const;
    /// Where the pool has a tag for it, in `repository` under `poolTag`, one HEAD tells whether it is known.
    Result<Manifest> byTag(const RemoteRepository &source, const QString &tag,
                           const RepositoryName &repository, const QString &poolTag,
                           RegistryClient &client) const;

private:
    /// What the pool has of that digest, or has seen of it.
    std::optional<Manifest> known(const Digest &digest) const;

    const std::optional<Pool> &m_pool;
};

} // namespace layerpool
