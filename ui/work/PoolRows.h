// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <QString>

#include <memory>
#include <vector>

namespace layerpool {

/// What a pool's rows can be put in order by.
enum class PoolKey { Name, Size, Unique, Shared, Created, Digest, Kind };

/// What the user wants to see of a pool.
struct PoolQuery
{
    QString text = {}; ///< that names must hold, whatever their case; empty: all
    PoolKey key = PoolKey::Name;
    Qt::SortOrder order = Qt::AscendingOrder;

    bool matches(QStringView name) const
    {
        return text.isEmpty() || name.contains(text, Qt::CaseInsensitive);
    }
    bool isDescending() const { return order == Qt::DescendingOrder; }
    friend bool operator==(const PoolQuery &, const PoolQuery &) = default;
};

/// The repositories that answer a query, in its order, and which of their tags do. Made in a worker; a value
/// that never changes.
struct PoolRows
{
    struct Repository
    {
        int position; ///< in the index
        int tags;     ///< how many of them are shown
    };

    std::shared_ptr<const PoolIndex> index; ///< null: no pool, no rows
    PoolQuery query;
    std::vector<Repository> repositories;
    std::vector<int> rows; ///< by position in the index; -1 where it is not shown
    int tags = 0;

    static PoolRows of(std::shared_ptr<const PoolIndex> index, PoolQuery query);
    /// The shown tags of a repository, as positions in it, in the query's order.
    std::vector<int> tagsOf(int repository) const;
};

/// The blobs that answer a query, as positions in PoolUsage::blobs, in its order. A blob is found by its
/// digest and by the images that need it.
struct BlobRows
{
    std::shared_ptr<const PoolIndex> index;
    PoolQuery query;
    std::vector<int> blobs;
    std::vector<int> rows;  ///< by position; -1 where it is not shown
    std::vector<int> users; ///< how many images need each, row by row: a view asks all of them
    qint64 bytes = 0;

    static BlobRows of(std::shared_ptr<const PoolIndex> index, PoolQuery query);
};

/// Its images as they are pulled, without signatures and the like.
QStringList namesOf(const PoolRepository &repository);

/// How many images need that part of the image, or of one of the repository's, that is shared most.
int usersOf(const PoolIndex &index, const PoolTag &tag);
int usersOf(const PoolIndex &index, const PoolRepository &repository);
/// By the digest's position in the index.
int usersOf(const PoolIndex &index, int digest);

/// When the image was made, as its config says; of an index, the newest of its images. Invalid where nobody
/// says.
QDateTime createdOf(const PoolIndex &index, const PoolTag &tag);
QDateTime createdOf(const PoolIndex &index, const PoolRepository &repository);

} // namespace layerpool
