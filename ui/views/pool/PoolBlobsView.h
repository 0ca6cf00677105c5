// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/BlobModel.h"
#include "views/pool/PoolView.h"
#include "work/Newest.h"

#include <QTreeView>

namespace layerpool {

class TreeViewState;
class Workspace;

/// The pool from below: its blobs, the largest first, with the images that share each.
class PoolBlobsView final : public PoolView
{
    Q_OBJECT

public:
    /// The workspace must outlive the view.
    explicit PoolBlobsView(Workspace &workspace, QWidget *parent = nullptr);

    void look(std::shared_ptr<const PoolIndex> pool, const QString &text) override;
    bool isEmpty() const override { return m_model.rowCount() == 0; }

private:
    void ask();
    void take(BlobRows rows);

    BlobModel m_model;
    Newest m_search;
    std::shared_ptr<const PoolIndex> m_pool; ///< that is looked at, or will be when the search is over
    PoolQuery m_query;
    QTreeView *m_tree;
    TreeViewState *m_state;
};

} // namespace layerpool
