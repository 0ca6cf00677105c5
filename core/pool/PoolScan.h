// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "pool/Pool.h"
#include "pool/PoolManifests.h"
#include "pool/PoolNamesScan.h"
#include "pool/PoolRepository.h"

#include <vector>

namespace layerpool {

/// What lies in a pool's folders, as one walk finds it: what a PoolIndex is made of.
struct PoolScan
{
    /// Damaged links and manifests are noted in `damage`, and do not end the walk.
    /// Errors: Storage, Cancelled.
    static Result<PoolScan> of(const Pool &pool, const CancelToken &cancel, const OnPoolNames &onNames = {});

    std::vector<PoolRepository> repositories; ///< by name
    std::vector<PoolBlob> blobs;              ///< used or not, in the order of their digests
    PoolManifests manifests;                  ///< of all tags, and what is below them
    std::vector<Error> damage;
};

/// Where the digest stands among blobs in the order of their digests; PoolManifests::notThere.
int positionOf(const std::vector<PoolBlob> &blobs, const Digest &digest);

} // namespace layerpool
