// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleBytes.h"

#include <optional>

namespace layerpool {

/// Where a zip's directory lies, as the records at its very end say (APPNOTE.TXT 4.3.14 to 4.3.16).
struct ZipEnd
{
    qint64 directory = 0; ///< where it begins
    qint64 end = 0;       ///< where it ends
    qint64 entries = 0;

    /// Nothing where they are not there, or do not agree: behind a comment, or before the zip, another
    /// directory may hide. Errors: Storage.
    static Result<std::optional<ZipEnd>> find(BundleBytes &bytes);
};

} // namespace layerpool
