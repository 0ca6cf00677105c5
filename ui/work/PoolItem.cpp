// SPDX-License-Identifier: Apache-2.0
#include "work/PoolItem.h"

namespace layerpool {

PoolItem itemOf(const PoolUsage::Blob &blob)
{
    const PoolItem::Kind kind = blob.role == PoolUsage::Role::Manifest ? PoolItem::Kind::Platform
                                : blob.role == PoolUsage::Role::Config ? PoolItem::Kind::Config
                                                                       : PoolItem::Kind::Layer;
    return {kind, {}, blob.digest};
}

} // namespace layerpool
