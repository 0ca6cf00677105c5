// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/PoolModel.h"
#include "views/pool/PoolView.h"
#include "work/Newest.h"

#include <QSet>
#include <QTreeView>

namespace layerpool {

class TreeViewState;
class Workspace;

/// The pool from above: repositories with their images, platforms and layers. Images can be ticked.
class PoolTreeView final : public PoolView
{
    Q_OBJECT

public:
    /// The workspace must outlive the view. `exportTicks` is for the context menu.
    PoolTreeView(Workspace &workspace, QAction *exportTicks, QWidget *parent = nullptr);

    void look(std::shared_ptr<const PoolIndex> pool, const QString &text) override;
    bool showsNames() const override { return true; }
    bool isEmpty() const override { return m_model.rowCount() == 0; }
    /// Chooses the row, opening what it lies in. False where it is not shown.
    bool goTo(const QString &reference);

    /// The paths of what is open, for the next start.
    QStringList opened() const override;
    void open(const QStringList &paths) override;

private:
    void tickChosen();
    void setUpHeader();
    void ask();
    void take(PoolRows rows);
    void openFew();

    PoolModel m_model;
    Newest m_search;
    std::shared_ptr<const PoolIndex> m_pool; ///< that is looked at, or will be when the search is over
    PoolQuery m_query;
    QTreeView *m_tree;
    TreeViewState *m_state;
    QSet<QString> m_closed; ///< paths of what the user has closed since the filter changed
};

} // namespace layerpool
