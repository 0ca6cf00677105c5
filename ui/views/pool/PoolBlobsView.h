// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/BlobModel.h"
#include "views/pool/PoolView.h"
#include "views/pool/TreeViewState.h"
#include "work/Newest.h"

#include <QTreeView>

namespace layerpool {

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
    QStringList opened() const override { return m_state->opened(); }
    void open(const QStringList &paths) override { m_state->open(paths); }

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
