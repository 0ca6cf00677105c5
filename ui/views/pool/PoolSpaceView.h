// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/SpaceModel.h"
#include "views/pool/PoolView.h"
#include "views/pool/TreeViewState.h"
#include "views/pool/SpaceMapPicture.h"
#include "work/Newest.h"

class QTreeView;

namespace layerpool {

class SpaceMapWidget;
class Workspace;

/// What takes the space in the pool: a picture, and beside it a table that says the same.
class PoolSpaceView final : public PoolView
{
    Q_OBJECT

public:
    /// The workspace must outlive the view.
    explicit PoolSpaceView(Workspace &workspace, QWidget *parent = nullptr);

    void look(std::shared_ptr<const PoolIndex> pool, const QString &text) override;
    bool isEmpty() const override { return m_model.rowCount() == 0; }
    QStringList opened() const override { return m_state->opened(); }
    void open(const QStringList &paths) override { m_state->open(paths); }

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    void setUpTable(Workspace &workspace);
    void ask();
    void take(DrawnSpaceMap drawn);
    /// To what needs it; nowhere where nothing does.
    void goTo(const QModelIndex &row);
    void onCurrentRow(const QModelIndex &current);

    SpaceModel m_model;
    Newest m_drawing;
    std::shared_ptr<const PoolIndex> m_pool;
    QString m_text;
    SpaceMapWidget *m_map;
    QTreeView *m_table;
    TreeViewState *m_state;
};

} // namespace layerpool
