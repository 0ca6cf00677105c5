// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "image/NamingRules.h"
#include "pool/PoolIndex.h"
#include "registry/RegistryOptions.h"
#include "task/Task.h"

namespace layerpool {

/// What its source says of one line of a list.
struct SourceFinding
{
    enum class Kind {
        There,  ///< and where the pool has the image, it is the same
        Moved,  ///< the tag stands for another image now
        Absent, ///< no source has it
        Failed, ///< it could not be asked for
    };

    Kind kind = Kind::There;
    QString host;                    ///< that answered; of Failed and Absent the registry's
    Digest now = {};                 ///< of Moved: what the tag stands for there
    int newTags = 0;                 ///< of a pattern: tags that match, and that the pool lacks
    Digest than = {};                ///< what the pool had of the image then; null: nothing, or a pattern
    int tagsThen = 0;                ///< of a pattern: how many tags of the pool matched then
    std::optional<Error> error = {}; ///< of Failed
};

struct SourceCheckRequest
{
    std::vector<ListLine> lines; ///< the images of a list
    NamingRules naming;
    RegistryOptions registry;
    std::shared_ptr<const PoolIndex> pool; ///< null: none
};

/// Asks the sources whether each line is there, and whether the pool's image is still what it stands for: an
/// index that the pool knows costs one HEAD. Fetches no blob and changes nothing. Blocks; for a worker
/// thread. A finding for each line, in their order. Errors: Cancelled, BadInput (the connection's settings).
Result<std::vector<SourceFinding>> checkAtSource(const SourceCheckRequest &request,
                                                 const TaskContext &context);

} // namespace layerpool
