// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerpool {

/// From now on no core file is written of this program, and no other of the same user reads its memory:
/// passwords are in it. Called first of all.
void keepOutOfDumps();

} // namespace layerpool
