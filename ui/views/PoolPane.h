// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PoolModel.h"

#include <QLineEdit>
#include <QSet>
#include <QStackedWidget>
#include <QTreeView>

namespace layerpool {

class Actions;
class ColumnRoom;
class EmptyPage;
class PaneHeading;
class Workspace;

/// The open pool as a tree, with its filter.
class PoolPane final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the pane.
    PoolPane(Workspace &workspace, const Actions &actions, QWidget *parent = nullptr);

    QByteArray columns() const;
    void restoreColumns(const QByteArray &state);

private:
    void setUpTree();
    QWidget *makeHeading();
    void onPoolReading(const QString &path);
    void showPool();
    void applyFilter();
    void onExpanded(const QModelIndex &index);
    void onCollapsed(const QModelIndex &index);
    void reload(const std::function<void()> &change);
    void restoreExpansion();
    void showPage();

    Workspace &m_workspace;
    PoolModel m_model;
    PaneHeading *m_name = nullptr;
    QLineEdit *m_filter;
    QStackedWidget *m_pages;
    QTreeView *m_tree;
    ColumnRoom *m_columns = nullptr; ///< the tree's
    EmptyPage *m_noPool;
    EmptyPage *m_noImages;
    EmptyPage *m_noMatch;
    EmptyPage *m_reading;
    QSet<QString> m_expanded; ///< references of the rows that the user has opened
    bool m_isRestoring = false;
};

} // namespace layerpool
