// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerpool {

/// What becomes of a tag that exists at the target with another digest.
enum class MovedTags { Move, Keep };

} // namespace layerpool
