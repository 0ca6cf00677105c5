// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"
#include "work/PoolItem.h"

#include <vector>

namespace layerpool {

/// What there is to know of a thing of a pool, in words, and the very bytes behind them.
struct ItemDetails
{
    struct Fact
    {
        QString name;
        QString value;
        QString image; ///< that it names, as it is pulled; may be empty
    };
    struct Group
    {
        QString key; ///< the same in every language
        QString name;
        std::vector<Fact> facts;
    };

    /// Of JSON.
    struct Document
    {
        QByteArray bytes;
        QString lines; ///< to be read
    };

    QString title;
    std::vector<Group> groups; ///< those with nothing in them are left out
    Document manifest;         ///< of an image or index; else empty
    Document config;           ///< of an image; else empty

    /// Reads the config from the disk: for a worker. What can't be read is left out.
    static ItemDetails of(const PoolIndex &index, const PoolItem &item);
};

} // namespace layerpool
