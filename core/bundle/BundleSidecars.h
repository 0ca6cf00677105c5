// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleOutput.h"
#include "sign/SecretKey.h"

namespace layerpool {

// What lies beside a bundle: `NAME.index.json`, the same bytes as its first entry, `NAME.sha256` for
// `sha256sum -c`, and where it is signed `NAME.sha256.minisig` for `minisign -V`. NAME is the bundle's,
// without the number of a volume.

/// Their paths.
QStringList sidecarsOf(const QString &bundle);
QString sumsPathOf(const QString &bundle);
QString signaturePathOf(const QString &bundle);

/// Adds them to what is published: `files` are those of the bundle itself; nobody signs where `signer` is
/// null. Errors: Storage, NoSpace.
Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   const SecretKey *signer, BundleOutput &output);

} // namespace layerpool
