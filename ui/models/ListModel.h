// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Roles.h"
#include "work/ListDocument.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace layerpool {

/// A list's lines as a table. Reads the document in place; nothing is kept for a row.
class ListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { State, Image, Note, Parts, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for none.
    void setDocument(ListDocument *document);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant text(const ListLine &line, const LineState &state, int column) const;
    QVariant sortKey(const QModelIndex &index) const;
    QString noteOf(const ListLine &line) const;
    QString toolTip(const ListLine &line, const LineState &state, int column) const;

    QPointer<ListDocument> m_document;
};

} // namespace layerpool
