// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ItemDetails.h"
#include "work/Newest.h"

#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVariantMap>

namespace layerpool {

class EmptyPage;
class JsonView;
class PaneHeading;
class Workspace;

/// All there is to know of what is chosen in the pool: in words, and as the bytes that say so.
class DetailsPane final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the pane.
    explicit DetailsPane(Workspace &workspace, QWidget *parent = nullptr);

    void showItem(const PoolItem &item);

    /// Of each group that the user has opened or closed, by its key: whether it is open, in whatever it is.
    QVariantMap opened() const { return m_opened; }
    void open(const QVariantMap &groups) { m_opened = groups; }

private:
    void setUpFacts();
    void ask();
    void take(const ItemDetails &details, const PoolItem &item);
    void fillFacts(const std::vector<ItemDetails::Group> &groups);
    QTreeWidgetItem *rowOf(int place, const ItemDetails::Group &group);
    void remember(const QTreeWidgetItem &group);
    static void fillGroup(QTreeWidgetItem &row, const ItemDetails::Group &group);

    Workspace &m_workspace;
    Newest m_reading;
    PoolItem m_item;  ///< that is chosen
    PoolItem m_shown; ///< whose facts are shown
    QVariantMap m_opened;
    bool m_isFilling = false;
    PaneHeading *m_name;
    QStackedWidget *m_pages;
    EmptyPage *m_nothing;
    QTabWidget *m_tabs;
    QTreeWidget *m_facts;
    JsonView *m_manifest;
    JsonView *m_config;
};

} // namespace layerpool
