// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ListModel.h"

#include <QTableView>

namespace layerpool {

/// A list's lines, to be looked at and edited in place. Its actions are for the menu too.
class ListTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ListTable(QWidget *parent = nullptr);

    /// Null for none.
    void setDocument(ListDocument *document);
    ListModel &lines() { return m_model; }
    /// What edits lines, for a menu.
    const QList<QAction *> &editing() const { return m_editing; }
    bool isBeingEdited() const { return state() == QAbstractItemView::EditingState; }
    /// Of the rows that are chosen, ascending.
    std::vector<int> chosenLines() const;
    /// -1 for none.
    int currentLine() const;
    /// Chooses them, and shows the last; those that are not shown are left out.
    void choose(const std::vector<int> &lines);
    void addLine();
    /// What is typed counts.
    void finishEditing();

Q_SIGNALS:
    /// A line will be added: a filter would hide it.
    void aboutToAdd();
    /// An editor was open, and is no more.
    void edited();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;

private:
    void setUpColumns();
    void addEditing(const char *name, const QString &text, const QString &icon, const QKeySequence &key,
                    void (ListTable::*run)());
    void editLine();
    void removeLines();
    void toggleComments();
    void pasteLines();
    /// The line before which something new comes.
    int placeForNew() const;
    void updateEditing();

    ListModel m_model;
    QPointer<ListDocument> m_document;
    QList<QAction *> m_editing;
    int m_addedLine = -1; ///< that goes again if nothing is typed into it
};

} // namespace layerpool
