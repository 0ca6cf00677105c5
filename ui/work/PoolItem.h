// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolUsage.h"

#include <QMetaType>
#include <QString>

namespace layerpool {

/// A thing of a pool that the user looks at.
struct PoolItem
{
    enum class Kind { None, Repository, Image, Platform, Config, Layer };

    Kind kind = Kind::None;
    QString reference; ///< `repository` or `repository:tag`: its own, or of the image it was found under;
                       ///< empty for a blob that was found by itself
    Digest digest;     ///< null for a repository

    friend bool operator==(const PoolItem &, const PoolItem &) = default;
};

/// A blob, found by itself.
PoolItem itemOf(const PoolUsage::Blob &blob);

} // namespace layerpool

Q_DECLARE_METATYPE(layerpool::PoolItem)
