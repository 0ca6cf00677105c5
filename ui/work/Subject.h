// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Selection.h"
#include "work/PoolTicks.h"

#include <memory>
#include <vector>

namespace layerpool {

/// What a verb works on: the ticked images, the shown list, or all of the pool or bundle that is open. A
/// value, so a worker may carry it away.
struct Subject
{
    enum class Kind { Ticked, List, Pool };

    Kind kind = Kind::Pool;
    QString name; ///< for titles: "kubesphere-3.1.txt"
    QString text; ///< for the dialog's first line: "The list kubesphere-3.1.txt (141 images)"
    std::shared_ptr<const PoolIndex> index; ///< null: whoever makes the plan reads the pool first
    std::shared_ptr<const ImagesList> list; ///< of List
    TickedTags ticked;                      ///< of Ticked
    QString path = {};                      ///< of the pool, where there is no index

    QString poolPath() const { return index ? index->path() : path; }
    /// Needs the index. Blocks for as long as a closure takes; for a worker thread.
    Selection selection() const;
    std::vector<ListLine> badLines() const;
};

} // namespace layerpool
