// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "pool/PoolIndex.h"

#include <vector>

namespace layerpool {

/// What a pool has of one line of a list.
struct LineState
{
    enum class Kind { Here, Partly, Missing, Unknown, Repeated, Bad };

    Kind kind = Kind::Unknown; ///< Unknown: no pool was looked at yet
    int partsHere = 0;         ///< manifests, configs and layers
    int partsTotal = 0;        ///< 0 where the pool does not know the image
    qint64 bytes = 0;          ///< of the parts that are here
    Digest digest;             ///< that its tag points at in the pool; of one tag
    int tags = 0;              ///< of a pattern: that match in the pool
};

/// How many lines are in which state.
struct LineCounts
{
    int lines = 0;
    int repeated = 0;
    int bad = 0;
    int here = 0;
    int partly = 0;
    int missing = 0;
};

/// The state of each line, in their order; all but the bad and repeated ones are Unknown without an index.
std::vector<LineState> compareLines(const ImagesList &list, const PoolIndex *index);

LineCounts countLines(const std::vector<LineState> &states);

/// "in pool", "partly", "missing"…
QString lineStateWord(LineState::Kind kind);
/// The name of its mark among the icons.
QString lineStateIcon(LineState::Kind kind);

} // namespace layerpool
