// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "bundle/BundleContent.h"
#include "bundle/BundleSignature.h"
#include "pool/Selection.h"

namespace layerpool {

/// What a pool, a bundle or a registry holds, as a file: the base of a differential bundle. It has the form
/// of a bundle's own index, so that either can stand for the other. Repositories have the names that they
/// have in a pool: those of a registry are named without the prefix below which a push put them, and a push
/// that mounts from them puts its own in front. Block; for a worker thread.

/// Errors: NotFound, BadInput (it is no inventory), Storage.
Result<BundleContent> readInventory(const QString &path);

/// Of images of a pool, or of a bundle that is open as one, without the layers that it leaves out.
BundleContent inventoryOf(const PoolIndex &index, const Selection &selection);

/// Of a bundle, which is read from its first entry to its last. `signature`: what checkSigned found; its
/// names must be those that were signed. Errors: those of BundleReader, BadInput.
Result<BundleContent> inventoryOfBundle(const QString &path, const SignatureCheck &signature,
                                        const CancelToken &cancel);

/// As a person reads it: "3 repositories with 40 blobs, 1.2 GB".
QString describe(const BundleContent &content);

/// Durable. Conflict where the name is taken and `replaces` is not set; else Storage, NoSpace.
Status writeInventory(const QString &path, const BundleContent &content, bool replaces);

} // namespace layerpool
