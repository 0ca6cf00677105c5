// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"
#include "task/SourceCheck.h"

#include <memory>

namespace layerpool {

/// What is known of one line of a list: what a pool has of its image, and what its source says.
struct LineState
{
    enum class Kind {
        Here,
        Partly,
        Missing,
        Moved,   ///< the pool has it, and at the source its tag stands for another image by now
        Absent,  ///< the pool lacks it, and so does the source
        Unknown, ///< no pool was looked at yet
        Repeated,
        Bad,
        Comment,
        Blank,
    };

    Kind kind = Kind::Unknown;
    int partsHere = 0;                            ///< manifests, configs and layers
    int partsTotal = 0;                           ///< 0 where the pool does not know the image
    qint64 bytes = 0;                             ///< of the parts that are here
    Digest digest;                                ///< that its tag points at in the pool; of one tag
    int tags = 0;                                 ///< of a pattern: that match in the pool
    std::shared_ptr<const SourceFinding> finding; ///< null: its source was not asked

    /// Whether somebody has to do something about it: the line is bad, or nobody has its image.
    bool isProblem() const;
};

/// How many lines are in which state.
struct LineCounts
{
    int lines = 0; ///< without comments and blank ones
    int images = 0;
    int repeated = 0;
    int bad = 0;
    int here = 0;
    int partly = 0;
    int missing = 0; ///< those that are absent at the source, too
    int moved = 0;
    int absent = 0;

    void add(LineState::Kind kind);
};

/// What the pool has of an image.
LineState stateIn(const PoolIndex &pool, const ImageReference &reference);
/// Adds what the source says.
void addFinding(LineState &state, std::shared_ptr<const SourceFinding> finding);

/// "In pool", "Partly", "Missing"…
QString lineStateWord(LineState::Kind kind);
/// The name of its mark among the icons; empty for those that have none.
QString lineStateIcon(LineState::Kind kind);

} // namespace layerpool
