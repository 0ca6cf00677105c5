// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PathModel.h"
#include "models/PoolTree.h"
#include "models/Roles.h"
#include "work/PoolItem.h"
#include "work/PoolTicks.h"

namespace layerpool {

/// A pool as a tree, with check boxes where there are ticks: what PoolTree holds, in words and icons.
class PoolModel final : public PathModel
{
    Q_OBJECT

public:
    enum Column { Name, Size, Unique, Shared, Created, DigestColumn, ColumnCount };

    /// Null: nothing can be ticked. They must outlive the model.
    explicit PoolModel(PoolTicks *ticks, QObject *parent = nullptr);

    void setRows(PoolRows rows);
    /// What is shown.
    const PoolRows &rows() const { return m_tree.rows(); }
    /// What the column is put in order by.
    static PoolKey keyOf(int column);

    PoolItem itemOf(const QModelIndex &index) const;
    /// Of a repository or tag its reference.
    QString pathOf(const QModelIndex &index) const override;
    QModelIndex indexOf(const QString &path) const override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// The images that the rows stand for, of a repository those that are shown; rows of parts stand for
    /// none.
    void tick(const QModelIndexList &rows, bool areTicked);
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    /// Rows that are dragged elsewhere leave their names there: those of all ticked images where one of them
    /// is ticked.
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const PoolTree::Node &nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(int node) const;
    void onTicksChanged();

    QString name(const PoolTree::Node &node) const;
    QString tagName(const PoolTag &tag) const;
    bool isReferrer(const PoolTree::Node &node) const;
    QString iconName(const PoolTree::Node &node) const;
    QVariant display(const PoolTree::Node &node, int column) const;
    QVariant toolTip(const PoolTree::Node &node, int column) const;
    QString sharedTip(const PoolTree::Node &node) const;
    QStringList images(const QModelIndex &index) const;
    QVariant checkState(const PoolTree::Node &node) const;
    Qt::CheckState shownState(const PoolTree::Node &repository) const;

    PoolTicks *m_ticks;
    PoolTree m_tree;
};

} // namespace layerpool
