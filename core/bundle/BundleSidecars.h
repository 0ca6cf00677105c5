// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"

#include <QStringList>

namespace layerpool {

/// The files that lie beside a bundle: `NAME.index.json`, the same bytes as its first entry, and
/// `NAME.sha256` for `sha256sum -c`.
struct BundleSidecars
{
    QByteArray index;
    Digest digest; ///< sha256 of the whole bundle

    /// Those of the bundle's path, the sums last.
    static QStringList pathsOf(const QString &bundle);
    /// Durable. Conflict where one of the names is taken and `replaces` is not set; else Storage, NoSpace.
    Status write(const QString &bundle, bool replaces) const;
};

} // namespace layerpool
