// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolManifests.h"
#include "pool/PoolRepository.h"

#include <unordered_set>

namespace layerpool {

/// Meets every manifest and blob of an image once: children before the index that names them, the root last.
/// An index in a pool may be sparse: a child without a revision link in the repository is not part of it.
///
/// `Seen::insert(int)` tells by `second` whether a position is new. A visitor has `missing(int position)`,
/// `blob(const PoolPart &, bool isConfig)` and `manifest(const PoolManifest &)`.
template <typename Seen, typename Visitor>
class ClosureWalk
{
public:
    ClosureWalk(const std::vector<PoolBlob> &blobs, const PoolManifests &manifests,
                const PoolRepository &repository, Seen &seen, Visitor &visitor)
        : m_blobs(blobs), m_manifests(manifests), m_repository(repository), m_seen(seen), m_visitor(visitor)
    {
    }

    void from(int position)
    {
        if (!m_seen.insert(position).second) {
            return;
        }
        const PoolManifest *manifest = m_manifests.at(position);
        if (manifest == nullptr) {
            m_visitor.missing(position);
            return;
        }
        bool isConfig = manifest->hasConfig;
        for (const PoolPart &part : m_manifests.partsOf(*manifest)) {
            if (!manifest->isIndex) {
                if (m_seen.insert(part.blob).second) {
                    m_visitor.blob(part, isConfig);
                }
                isConfig = false;
            } else if (m_repository.revisions.contains(digestOf(part.blob))) {
                from(part.blob);
            }
        }
        m_visitor.manifest(*manifest);
    }

private:
    const Digest &digestOf(int position) const
    {
        return m_manifests.isThere(position) ? m_blobs[std::size_t(position)].digest
                                             : m_manifests.missing(position);
    }

    const std::vector<PoolBlob> &m_blobs;
    const PoolManifests &m_manifests;
    const PoolRepository &m_repository;
    Seen &m_seen;
    Visitor &m_visitor;
};

} // namespace layerpool
