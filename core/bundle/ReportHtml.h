// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleReport.h"

namespace layerpool {

/// For people: one page that needs nothing besides, in the program's language, to be read on a screen, aloud
/// or on paper (A4). It is well-formed XML, holds no script, and nothing in it is asked for over a network.
QByteArray reportHtml(const BundleReport &report);

} // namespace layerpool
