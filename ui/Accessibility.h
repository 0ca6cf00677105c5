// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerpool {

/// Makes what Qt tells screen readers of scroll areas safe: up to Qt 6.4 at least, one that asks for a child
/// which has gone meanwhile (a scroll bar that is no longer needed) ends the program. Once, before the first
/// window.
void makeScrollAreasSafeToAsk();

} // namespace layerpool
