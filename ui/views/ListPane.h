// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ListModel.h"

#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

namespace layerpool {

class Actions;
class ColumnRoom;
class EmptyPage;
class PaneHeading;

/// One list: its lines, what the pool has of each, and their totals.
class ListPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ListPane(const Actions &actions, QWidget *parent = nullptr);

    /// Null for none.
    void setDocument(ListDocument *document);

    QByteArray columns() const;
    void restoreColumns(const QByteArray &state);

private:
    QWidget *makeHeading(const Actions &actions);
    void setUpTable();
    void showTotals();

    QPointer<ListDocument> m_document;
    ListModel m_model;
    QSortFilterProxyModel m_sorted;
    PaneHeading *m_name = nullptr;
    QStackedWidget *m_pages;
    QTableView *m_table;
    ColumnRoom *m_columns = nullptr; ///< the table's
    EmptyPage *m_noList;
    EmptyPage *m_noLines;
    QLabel *m_totals;
};

} // namespace layerpool
