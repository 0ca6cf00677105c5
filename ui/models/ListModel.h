// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Roles.h"
#include "work/ListDocument.h"
#include "work/ListQuery.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace layerpool {

/// A list's lines as a table, all of them or those that were found, in the order in which they were. Reads
/// the document in place; a line's text can be edited. The vertical header has the lines' numbers.
class ListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { State, Image, Note, Parts, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for none. All lines are shown.
    void setDocument(ListDocument *document);
    void showAll();
    /// Lines from 0.
    void show(std::vector<int> lines);
    /// What a column is sorted by; Position for none.
    static LineKey keyOf(int column);

    int lineAt(int row) const { return m_lines[std::size_t(row)]; }
    /// -1 where it is not shown.
    int rowOf(int line) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const ListRow &row, int line, int column) const;
    QString stateText(const LineState &state) const;
    QString spokenState(const LineState &state) const;
    QString toolTip(const ListRow &row, int line, int column) const;
    void hideLines(int at, int count);
    void onSpliced(int at, int removed, int inserted);
    void insertLines(int at, int count);
    void tellChanged(int firstLine, int count);

    QPointer<ListDocument> m_document;
    std::vector<int> m_lines; ///< that are shown, by row
};

} // namespace layerpool
