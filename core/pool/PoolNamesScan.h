// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "pool/Pool.h"
#include "pool/PoolRepository.h"

#include <functional>
#include <vector>

namespace layerpool {

/// The repositories of a pool and their tags: the part of a PoolScan that needs no bytes.
struct PoolNames
{
    std::vector<PoolRepository> repositories; ///< by name
    std::vector<Error> damage;
};

/// Called from the walk's thread with repositories, by name, and their tags: in a large pool first with those
/// of one screen, which need no waiting, and at the end with all.
using OnPoolNames = std::function<void(const std::vector<PoolRepository> &)>;

/// Finds the names alone, by looking into folders. `onNames` may be null. Errors: Storage, Cancelled.
Result<PoolNames> scanNames(const Pool &pool, const CancelToken &cancel, const OnPoolNames &onNames);

/// Then what each tag points at, and the revisions of each repository. A tag that points at nothing is left
/// out and noted as damage, and so is a repository of which that much can't be read. Errors: Cancelled.
Status scanLinks(const Pool &pool, PoolNames &names, const CancelToken &cancel);

} // namespace layerpool
