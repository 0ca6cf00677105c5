// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ItemDetails.h"
#include "work/Newest.h"

#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeWidget>

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

private:
    void setUpFacts();
    void ask();
    void take(const ItemDetails &details);
    void fillFacts(const std::vector<ItemDetails::Group> &groups);

    Workspace &m_workspace;
    Newest m_reading;
    PoolItem m_item;
    PaneHeading *m_name;
    QStackedWidget *m_pages;
    EmptyPage *m_nothing;
    QTabWidget *m_tabs;
    QTreeWidget *m_facts;
    JsonView *m_manifest;
    JsonView *m_config;
};

} // namespace layerpool
