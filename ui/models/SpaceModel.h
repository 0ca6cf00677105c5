// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PathModel.h"
#include "models/Roles.h"
#include "work/PoolItem.h"
#include "work/SpaceMap.h"

namespace layerpool {

/// A space map in words: a row for each of its frames, below it one for each tile.
class SpaceModel final : public PathModel
{
    Q_OBJECT

public:
    enum Column { Name, Size, Share, ColumnCount };

    using PathModel::PathModel;

    void setMap(std::shared_ptr<const SpaceMap> map);
    const std::shared_ptr<const SpaceMap> &map() const { return m_map; }

    /// -1 for the row of a frame.
    int tileOf(const QModelIndex &index) const;
    QModelIndex indexOfTile(int tile) const;
    PoolItem itemOf(const QModelIndex &index) const;
    /// Of a tile its digest: it may be drawn in another frame the next time.
    QString pathOf(const QModelIndex &index) const override;
    QModelIndex indexOf(const QString &path) const override;
    /// The image to be seen in the tree for the row; empty where it stands for none.
    QString imageOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const SpaceMap::Frame &frameOf(const QModelIndex &index) const;
    QString name(const QModelIndex &index) const;
    qint64 bytes(const QModelIndex &index) const;
    QStringList images(const QModelIndex &index) const;

    std::shared_ptr<const SpaceMap> m_map;
};

/// "calico/cni".
QString frameName(const SpaceMap &map, int frame);
/// What a tile is, in a sentence or two: for a tooltip, and for who can't see it.
QString tileText(const SpaceMap &map, int tile);

} // namespace layerpool
