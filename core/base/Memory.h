// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerpool {

/// From now on large pieces of memory go back to the system as soon as they are freed. As it is, the C
/// library keeps more and more of them the larger they get, a third of what a pool of 100,000 tags takes.
void giveLargeMemoryBack();

} // namespace layerpool
