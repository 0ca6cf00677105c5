// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolBlob.h"
#include "pool/PoolRepository.h"

#include <span>
#include <vector>

namespace layerpool {

class PoolManifests;

/// Which images need each blob of a pool, and what the pool would lose with one of them. A value over compact
/// arrays: a pool may hold 200,000 blobs and 100,000 tags.
class PoolUsage
{
public:
    using Blob = PoolBlob;
    using Role = PoolBlob::Role;
    struct Figures
    {
        qint64 bytes = 0;       ///< of its parts that are there, each once
        qint64 uniqueBytes = 0; ///< of those that nothing else needs: removing it would free them
        bool isWhole = true;    ///< nothing is missing
    };

    PoolUsage() = default;
    /// The blobs in the order of their digests.
    PoolUsage(std::vector<Blob> blobs, const std::vector<PoolRepository> &repositories,
              const PoolManifests &manifests);

    /// Every file under blobs/, in the order of the digests.
    const std::vector<Blob> &blobs() const { return m_blobs; }
    /// Null where the pool has none.
    const Blob *find(const Digest &digest) const;
    /// The tags that need the blob, ascending, as their positions among all tags (PoolIndex::tagAt).
    std::span<const int> usersOf(const Blob &blob) const
    {
        return std::span(m_users).subspan(std::size_t(blob.firstUser), std::size_t(blob.users));
    }

    /// By the tag's position among all tags.
    const Figures &tag(int position) const { return m_tags[std::size_t(position)]; }
    /// By the repository's position in the index.
    const Figures &repository(int position) const { return m_repositories[std::size_t(position)]; }

private:
    void group(const std::vector<PoolRepository> &repositories, const PoolManifests &manifests);
    void addUp(const std::vector<PoolRepository> &repositories);

    std::vector<Blob> m_blobs;
    std::vector<int> m_users;
    std::vector<Figures> m_tags;
    std::vector<Figures> m_repositories;
};

} // namespace layerpool
