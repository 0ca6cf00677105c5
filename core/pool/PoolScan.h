// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "image/Manifest.h"
#include "pool/Pool.h"
#include "pool/PoolRepository.h"

#include <QDateTime>
#include <QHash>

#include <map>
#include <memory>
#include <vector>

namespace layerpool {

/// An image of one platform, as its config tells.
struct PoolImage
{
    Descriptor descriptor; ///< what an index would say of it: its platform is its config's
    QDateTime created;     ///< invalid where nobody says
};

/// What lies in a pool's folders, as one walk finds it: what a PoolIndex is made of.
struct PoolScan
{
    /// Damaged links and manifests are noted in `damage`, and do not end the walk.
    /// Errors: Storage, Cancelled.
    static Result<PoolScan> of(const Pool &pool, const CancelToken &cancel);

    std::vector<PoolRepository> repositories; ///< by name
    std::map<Digest, qint64> blobs;           ///< used or not, with the bytes on the disk
    QHash<Digest, std::shared_ptr<const Manifest>> manifests;
    std::map<Digest, PoolImage> images; ///< of the manifests, those of images
    std::vector<Error> damage;
};

} // namespace layerpool
