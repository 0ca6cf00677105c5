// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "bundle/BundleBytes.h"
#include "bundle/BundleContent.h"
#include "bundle/BundleSignature.h"

namespace layerpool {

// Whether a bundle is what was signed, for whoever does not read every byte of it: the signature is that of
// its sums, they hold the sum of its index, the index lists every name and digest, and a blob is held to its
// digest by whoever reads it.

/// Looks at the signature before anything else is read. Where the sums that were signed don't name the
/// bundle's index, as those that somebody made by hand, all of its files are held against them here. Blocks;
/// for a worker thread. Errors: those of checkSignature and of checkSums; NotFound (there is no bundle).
Result<SignatureCheck> checkSigned(const QString &file, const SignatureRules &rules,
                                   const CancelToken &cancel, const OnBundleRead &onRead = {});

/// Whether the names that were read of the bundle, by BundleReader, are those that were signed. Error:
/// BadInput (refused).
Status checkNames(const QString &file, const SignatureCheck &signature, const BundleContent &content);

} // namespace layerpool
