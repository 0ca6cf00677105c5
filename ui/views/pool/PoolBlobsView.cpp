// SPDX-License-Identifier: Apache-2.0
#include "views/pool/PoolBlobsView.h"

#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"
#include "views/pool/TreeViewState.h"
#include "work/Workspace.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace layerpool {

PoolBlobsView::PoolBlobsView(Workspace &workspace, QWidget *parent)
    : PoolView(parent)
    , m_search(workspace.workers(), this)
    , m_tree(new QTreeView(this))
    , m_state(new TreeViewState(m_tree, m_model))
{
    m_tree->setObjectName(QStringLiteral("blobTree"));
    m_tree->setAccessibleName(tr("Blobs of the pool, and the images that share them"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly); // names, as text
    addCopyActions(m_tree);
    addPullAction(m_tree, workspace);

    QHeaderView *header = m_tree->header();
    m_tree->setColumnWidth(BlobModel::Size, textWidth(this, 11));
    auto *columns =
        new ColumnRoom(header, BlobModel::Name, textWidth(this, 30),
                       {{BlobModel::Kind, textWidth(this, 12)}, {BlobModel::Images, textWidth(this, 11)}});
    columns->offerIn(m_tree);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(BlobModel::Size, Qt::DescendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &PoolBlobsView::ask);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);
    setFocusProxy(m_tree);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { Q_EMIT currentChanged(m_model.itemOf(current)); });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const PoolItem item = m_model.itemOf(index); item.kind == PoolItem::Kind::Image) {
            Q_EMIT imageWanted(item.reference);
        }
    });
}

void PoolBlobsView::look(std::shared_ptr<const PoolIndex> pool, const QString &text)
{
    m_pool = std::move(pool);
    m_query.text = text;
    if (!m_pool) {
        m_search.drop();
        take({});
        return;
    }
    ask();
}

void PoolBlobsView::ask()
{
    m_query.key = BlobModel::keyOf(m_tree->header()->sortIndicatorSection());
    m_query.order = m_tree->header()->sortIndicatorOrder();
    if (m_pool) {
        m_search.ask([pool = m_pool, query = m_query] { return BlobRows::of(pool, query); },
                     [this](BlobRows rows) { take(std::move(rows)); });
    }
}

void PoolBlobsView::take(BlobRows rows)
{
    using Stays = TreeViewState::Stays;
    const Stays stays = rows.query == m_model.rows().query ? Stays::TopRow : Stays::ScrollBar;
    m_state->keep(stays, [&] { m_model.setRows(std::move(rows)); });
    Q_EMIT shown();
}

} // namespace layerpool
