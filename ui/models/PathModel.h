// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemModel>

namespace layerpool {

/// A model whose rows have names that outlive a reset, so that a view finds again what it had open and
/// chosen. Unlike what is copied, these tell each row from every other.
class PathModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    using QAbstractItemModel::QAbstractItemModel;

    /// Of the index's row; empty where that is invalid. A row's path sorts after those that it lies in.
    virtual QString pathOf(const QModelIndex &index) const = 0;
    /// Its first column; invalid where it is not shown.
    virtual QModelIndex indexOf(const QString &path) const = 0;
};

} // namespace layerpool
