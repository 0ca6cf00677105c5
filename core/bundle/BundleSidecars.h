// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleOutput.h"

namespace layerpool {

// What lies beside a bundle: `NAME.index.json`, the same bytes as its first entry, and `NAME.sha256` for
// `sha256sum -c`. NAME is the bundle's, without the number of a volume.

/// Their paths, the sums last.
QStringList sidecarsOf(const QString &bundle);

/// Adds both to what is published: `files` are those of the bundle itself. Errors: Storage, NoSpace.
Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   BundleOutput &output);

} // namespace layerpool
