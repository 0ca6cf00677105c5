// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleReport.h"

namespace layerpool {

// What the reports that people read say alike, in the program's language.

/// Without control characters and those that turn the direction of text, each of which may make a name look
/// like another: U+FFFD stands there instead.
QString printable(const QString &text);

/// "tar.zst": a format's name is its ending.
QString nameOf(BundleFormat format);

/// "linux/amd64, linux/arm64".
QString platformsText(const BundleReport::Image &image);

/// "Signature, SBOM (2)"; empty where there are none.
QString referrersText(const BundleReport::Image &image);

/// Why an image could not be packed. What to try is of no use to who reads the report.
QString reasonText(const Selection::Absent &absent);

} // namespace layerpool
