// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleReport.h"

namespace layerpool {

/// For programs: its keys and words stay as they are whatever the language, sizes are whole bytes, times UTC.
QByteArray reportJson(const BundleReport &report);

} // namespace layerpool
