// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DigestSet.h"
#include "image/RepositoryName.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace layerpool {

/// What a bundle says that it holds: names and digests, and no byte of a blob.
struct BundleContent
{
    struct Repository
    {
        DigestSet layers;    ///< that it may serve
        DigestSet revisions; ///< manifests, likewise
        std::map<QString, Digest> tags;
    };
    std::map<RepositoryName, Repository> repositories;
    std::unordered_map<Digest, qint64> blobs; ///< with their sizes in bytes
    qint64 blobBytes = 0;                     ///< of all of them, each once
    std::map<Digest, qint64> leftOut = {};    ///< layers that its images need, and the far side has; bytes
    std::map<Digest, std::vector<RepositoryName>> leftOutIn =
        {};                        ///< repositories of the far side that have them
    std::vector<Digest> base = {}; ///< the inventories that say so, by their ids
    Digest id = {};                ///< as its index says; null where it has none
    Digest indexSum = {};          ///< of the bytes of a bundle's index; null where it has none

    const Repository *repository(const RepositoryName &name) const
    {
        const auto found = repositories.find(name);
        return found != repositories.end() ? &found->second : nullptr;
    }
    bool has(const Digest &blob) const { return blobs.contains(blob); }
};

} // namespace layerpool
