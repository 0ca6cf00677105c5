// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DigestSet.h"
#include "image/RepositoryName.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace layerpool {

/// The program that a bundle may carry for the far side.
struct BundleTool
{
    QByteArray name; ///< of its file
    qint64 bytes = 0;
    Digest digest; ///< sha256

    friend bool operator==(const BundleTool &, const BundleTool &) = default;
};

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
    std::optional<BundleTool> tool = {};

    const Repository *repository(const RepositoryName &name) const
    {
        const auto found = repositories.find(name);
        return found != repositories.end() ? &found->second : nullptr;
    }
    bool has(const Digest &blob) const { return blobs.contains(blob); }
};

} // namespace layerpool
