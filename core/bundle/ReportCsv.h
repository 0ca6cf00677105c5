// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleReport.h"

namespace layerpool {

/// For a spreadsheet: RFC 4180 in UTF-8 with a byte-order mark, a row for each image, those that could not be
/// packed last. Headings and words are in the program's language. No cell is a formula to the spreadsheet.
QByteArray reportCsv(const BundleReport &report);

} // namespace layerpool
