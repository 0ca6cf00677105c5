// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PathModel.h"
#include "models/Roles.h"
#include "work/PoolItem.h"
#include "work/PoolRows.h"

namespace layerpool {

/// A pool from below: its blobs, and under each the images that need it.
class BlobModel final : public PathModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Size, Images, ColumnCount };

    using PathModel::PathModel;

    void setRows(BlobRows rows);
    /// What is shown.
    const BlobRows &rows() const { return m_rows; }
    /// What the column is put in order by.
    static PoolKey keyOf(int column);

    PoolItem itemOf(const QModelIndex &index) const;
    /// `digest[/repository:tag]`.
    QString pathOf(const QModelIndex &index) const override;
    QModelIndex indexOf(const QString &path) const override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Rows that are dragged elsewhere leave their names or digests there.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isBlob(const QModelIndex &index) const { return index.internalId() == 0; }
    const PoolUsage::Blob &blobAt(int row) const;
    const PoolUsage::Blob &blobOf(const QModelIndex &index) const;
    int tagOf(const QModelIndex &index) const;
    QModelIndex indexOfImage(const QModelIndex &blob, const QString &reference) const;
    QVariant blobData(const PoolUsage::Blob &blob, int column, int role) const;
    QVariant imageData(int tag, int column, int role) const;

    BlobRows m_rows;
};

} // namespace layerpool
