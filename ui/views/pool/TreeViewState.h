// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>

#include <functional>

class QItemSelection;
class QModelIndex;
class QTreeView;

namespace layerpool {

class PathModel;

/// What a tree has open, chosen and in sight, while its model is reset. What the user has opened is known
/// even while it is not shown.
class TreeViewState final : public QObject
{
    Q_OBJECT

public:
    /// For a tree that shows the model. It belongs to the tree.
    TreeViewState(QTreeView *tree, const PathModel &model);

    /// What stays in its place: the row on top, for what is read anew; or the scroll bar, for other rows or
    /// another order.
    enum class Stays { TopRow, ScrollBar };
    void keep(Stays stays, const std::function<void()> &reset);

    /// Paths of what the user has opened.
    QStringList opened() const { return {m_opened.begin(), m_opened.end()}; }
    /// In place of what was.
    void open(const QStringList &paths);

private:
    void renew(const std::function<void()> &reset);
    void expand();
    QStringList chosen() const;
    void choose(const QStringList &paths, const QString &current);
    QItemSelection selectionOf(const QStringList &paths) const;
    bool isShown(const QModelIndex &index) const;
    void onExpanded(const QModelIndex &index);
    void onCollapsed(const QModelIndex &index);

    QTreeView *m_tree;
    const PathModel &m_model;
    QSet<QString> m_opened;
    bool m_isRestoring = false;
};

} // namespace layerpool
