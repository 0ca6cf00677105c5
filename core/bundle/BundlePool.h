// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "pool/Pool.h"

#include <functional>

namespace layerpool {

/// Called while a bundle is read: how much of it was, and how long it is; bytes.
using OnBundleRead = std::function<void(qint64 position, qint64 bytes)>;

/// A bundle as a pool that is only read, where it lies: nothing of it is unpacked. All of its names are read
/// and checked as for an import. A bundle that is packed as a whole is unpacked into a temporary file first.
/// Blocks; for a worker thread. Errors: NotFound, BadInput (no bundle, refused or cut short), Unsupported (a
/// zip whose entries are packed), Storage, NoSpace, Cancelled.
Result<Pool> openBundle(const QString &path, const CancelToken &cancel, const OnBundleRead &onRead = {});

/// A pool's folder, or a bundle: the one that lies there. Errors also: those of Pool::open.
Result<Pool> openPoolOrBundle(const QString &path, const CancelToken &cancel,
                              const OnBundleRead &onRead = {});

/// Whether a bundle would be opened: there is a file, or the first volume of one; or nothing, and the name is
/// that of a bundle.
bool isBundle(const QString &path);

} // namespace layerpool
