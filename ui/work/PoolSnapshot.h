// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <memory>
#include <vector>

namespace layerpool {

enum class PoolOpening { MustExist, MayCreate };

/// A pool as the window shows it: its index, and the sizes of its rows, added up in the worker that read it.
/// Never changes; any thread may look at it.
struct PoolSnapshot
{
    std::shared_ptr<const PoolIndex> index;
    std::vector<qint64> repositoryBytes;       ///< unique bytes, by the repository's position
    std::vector<std::vector<qint64>> tagBytes; ///< by the repository's position, then the tag's

    const QString &path() const { return index->pool().path(); }

    /// Blocks; for a worker thread. Errors: those of Pool::open, Pool::openOrCreate and PoolIndex::read.
    static Result<std::shared_ptr<const PoolSnapshot>> read(const QString &path, PoolOpening opening,
                                                            const CancelToken &cancel);
    static std::shared_ptr<const PoolSnapshot> of(std::shared_ptr<const PoolIndex> index);
};

} // namespace layerpool
