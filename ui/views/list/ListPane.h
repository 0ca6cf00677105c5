// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListQuery.h"
#include "work/Newest.h"

#include <QHash>
#include <QLabel>
#include <QPointer>
#include <QStackedWidget>
#include <QTimer>

namespace layerpool {

class Actions;
class EmptyPage;
class ListDocument;
class ListFilterBar;
class ListProblems;
class ListTable;
class ListTabs;
class OpenLists;
class Workspace;

/// The open lists, each in a tab: the lines of the one in front, what the pool has of each, their totals and
/// problems.
class ListPane final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the pane.
    ListPane(Workspace &workspace, const Actions &actions, QWidget *parent = nullptr);

    /// What edits the lines, for a menu.
    const QList<QAction *> &editing() const;
    /// What is being typed into a line counts.
    void finishEditing();
    /// Shows and chooses the line, from 0, of the list in front; lifts the filter where that hides it.
    void goToLine(int line);

Q_SIGNALS:
    void closeAsked(layerpool::ListDocument *document);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// How a list was looked at while it was in front.
    struct Look
    {
        QString text;
        LineFilter filter = LineFilter::All;
        std::vector<int> chosen; ///< lines
    };

    void makePages(const Actions &actions);
    void connectAll();
    void showList();
    void look();
    void ask();
    void take(std::vector<int> lines);
    void chooseWanted(const std::vector<int> &otherwise);
    void onSpliced();
    void onStatesChanged(const ListDocument *document);
    void showPage();
    void showTotals();
    void rememberLook();

    OpenLists &m_lists;
    Newest m_search;
    QTimer m_totalsTimer;
    QPointer<ListDocument> m_document; ///< that is shown
    QHash<const ListDocument *, Look> m_looks;
    ListQuery m_query;
    std::vector<int> m_wanted;   ///< lines to be chosen when they are shown
    bool m_isAskedLater = false; ///< while a line is being edited nothing may move
    ListTabs *m_tabs;
    ListFilterBar *m_filter;
    QStackedWidget *m_pages;
    ListTable *m_table;
    EmptyPage *m_noList;
    EmptyPage *m_noLines;
    EmptyPage *m_noMatch;
    ListProblems *m_problems;
    QLabel *m_totals;
};

} // namespace layerpool
