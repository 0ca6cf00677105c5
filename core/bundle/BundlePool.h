// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "bundle/BundleBytes.h"
#include "bundle/BundleSignature.h"
#include "pool/Pool.h"

namespace layerpool {

/// A bundle as a pool that is only read, where it lies: nothing of it is unpacked. Its signature is looked at
/// first; all of its names are read and checked as for an import, and held to what was signed. Its blobs are
/// not: who reads one checks its digest. A bundle that is packed as a whole is unpacked into a temporary file
/// first. Blocks; for a worker thread. Errors: NotFound, BadInput (no bundle, refused or cut short),
/// Unsupported (a zip whose entries are packed), Storage, NoSpace, Cancelled.
Result<Pool> openBundle(const QString &path, const SignatureRules &rules, const CancelToken &cancel,
                        const OnBundleRead &onRead = {});

/// A pool's folder, or a bundle: the one that lies there. The rules are for bundles, and so is the error in
/// their place. Errors also: those of Pool::open.
Result<Pool> openPoolOrBundle(const QString &path, const Result<SignatureRules> &rules,
                              const CancelToken &cancel, const OnBundleRead &onRead = {});

/// What was found beside the bundle that the pool is; null for a folder. It lives as long as the pool.
const SignatureCheck *signatureOf(const Pool &pool);

/// Whether a bundle would be opened: there is a file, or the first volume of one; or nothing, and the name is
/// that of a bundle.
bool isBundle(const QString &path);

} // namespace layerpool
