// SPDX-License-Identifier: Apache-2.0
#include "views/pool/TreeViewState.h"

#include "models/PathModel.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTreeView>

namespace layerpool {

TreeViewState::TreeViewState(QTreeView *tree, const PathModel &model)
    : QObject(tree), m_tree(tree), m_model(model)
{
    connect(tree, &QTreeView::expanded, this, &TreeViewState::onExpanded);
    connect(tree, &QTreeView::collapsed, this, &TreeViewState::onCollapsed);
}

void TreeViewState::keep(Stays stays, const std::function<void()> &reset)
{
    const QString top = m_model.pathOf(m_tree->indexAt({0, 0}));
    const int across = m_tree->horizontalScrollBar()->value();
    const int down = m_tree->verticalScrollBar()->value();
    renew(reset);
    if (!m_tree->isVisible()) {
        return; // there is no place in it yet
    }
    m_tree->doItemsLayout(); // the bars have their new ranges then
    m_tree->verticalScrollBar()->setValue(down);
    if (const QModelIndex row = m_model.indexOf(top); stays == Stays::TopRow && down > 0 && isShown(row)) {
        m_tree->scrollTo(row, QAbstractItemView::PositionAtTop);
    }
    m_tree->horizontalScrollBar()->setValue(across);
}

void TreeViewState::renew(const std::function<void()> &reset)
{
    const QString current = m_model.pathOf(m_tree->currentIndex());
    const QStringList paths = chosen();
    const QScopedValueRollback guard(m_isRestoring, true);
    reset();
    expand();
    choose(paths, current);
}

void TreeViewState::choose(const QStringList &paths, const QString &current)
{
    const bool isScrolling = m_tree->hasAutoScroll();
    m_tree->setAutoScroll(false); // it would open what the current row lies in
    QItemSelectionModel &selection = *m_tree->selectionModel();
    selection.select(selectionOf(paths), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (const QModelIndex row = m_model.indexOf(current); row.isValid()) {
        selection.setCurrentIndex(row, QItemSelectionModel::NoUpdate);
    }
    m_tree->setAutoScroll(isScrolling);
}

void TreeViewState::open(const QStringList &paths)
{
    m_opened = {paths.begin(), paths.end()};
    const QScopedValueRollback guard(m_isRestoring, true);
    expand();
}

void TreeViewState::expand()
{
    QStringList paths = opened();
    paths.sort();
    for (const QString &path : paths) {
        if (const QModelIndex index = m_model.indexOf(path); index.isValid()) {
            m_tree->expand(index);
        }
    }
}

QStringList TreeViewState::chosen() const
{
    QStringList paths;
    for (const QItemSelectionRange &range : m_tree->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            paths << m_model.pathOf(m_model.index(row, 0, range.parent()));
        }
    }
    return paths;
}

// Rows that lie side by side are one range: views look through all of them for each row they paint.
QItemSelection TreeViewState::selectionOf(const QStringList &paths) const
{
    QItemSelection selection;
    for (const QString &path : paths) {
        const QModelIndex index = m_model.indexOf(path);
        if (!index.isValid()) {
            continue;
        }
        if (!selection.isEmpty() && selection.last().parent() == index.parent() &&
            selection.last().bottom() + 1 == index.row()) {
            selection.last() = QItemSelectionRange(selection.last().topLeft(), index);
        } else {
            selection.append(QItemSelectionRange(index));
        }
    }
    return selection;
}

bool TreeViewState::isShown(const QModelIndex &index) const
{
    QModelIndex above = index.parent();
    while (above.isValid() && m_tree->isExpanded(above)) {
        above = above.parent();
    }
    return index.isValid() && !above.isValid();
}

void TreeViewState::onExpanded(const QModelIndex &index)
{
    if (!m_isRestoring) {
        m_opened.insert(m_model.pathOf(index));
    }
}

void TreeViewState::onCollapsed(const QModelIndex &index)
{
    m_opened.remove(m_model.pathOf(index));
}

} // namespace layerpool
