// SPDX-License-Identifier: Apache-2.0
#include "views/pool/PoolTreeView.h"

#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"
#include "views/pool/TreeViewState.h"
#include "work/Workspace.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace layerpool {
namespace {

// As many as a filter opens by itself: about a screenful.
constexpr int kFewTags = 60;

} // namespace

PoolTreeView::PoolTreeView(Workspace &workspace, QAction *exportTicks, QWidget *parent)
    : PoolView(parent)
    , m_model(&workspace.ticks())
    , m_search(workspace.workers(), this)
    , m_tree(new QTreeView(this))
    , m_state(new TreeViewState(m_tree, m_model))
{
    m_tree->setObjectName(QStringLiteral("poolTree"));
    m_tree->setAccessibleName(tr("Images of the pool"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);            // the end of a name tells it from the next
    m_tree->setDragDropMode(QAbstractItemView::DragOnly); // names, as text
    addCopyActions(m_tree);
    addPullAction(m_tree, workspace);
    auto *tick = new QAction(tr("&Tick or untick"), m_tree);
    tick->setObjectName(QStringLiteral("tickAction"));
    tick->setShortcut(Qt::Key_Space);
    tick->setShortcutContext(Qt::WidgetShortcut);
    connect(tick, &QAction::triggered, this, &PoolTreeView::tickChosen);
    m_tree->addAction(tick);
    m_tree->addAction(exportTicks);
    setUpHeader();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);
    setFocusProxy(m_tree);

    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex &index) { m_closed.remove(m_model.pathOf(index)); });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex &index) { m_closed.insert(m_model.pathOf(index)); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { Q_EMIT currentChanged(m_model.itemOf(current)); });
}

// All of them as the current one will be; that alone where it is none of them.
void PoolTreeView::tickChosen()
{
    const QModelIndex current = m_tree->currentIndex().siblingAtColumn(PoolModel::Name);
    const QModelIndexList chosen = m_tree->selectionModel()->selectedRows(PoolModel::Name);
    m_model.tick(chosen.contains(current) ? chosen : QModelIndexList{current},
                 current.data(Qt::CheckStateRole).toInt() != Qt::Checked);
}

void PoolTreeView::setUpHeader()
{
    QHeaderView *header = m_tree->header();
    m_tree->setColumnWidth(PoolModel::Size, textWidth(this, 11));
    auto *columns = new ColumnRoom(header, PoolModel::Name, textWidth(this, 28),
                                   {{PoolModel::DigestColumn, textWidth(this, 15)},
                                    {PoolModel::Created, textWidth(this, 13)},
                                    {PoolModel::Shared, textWidth(this, 11)},
                                    {PoolModel::Unique, textWidth(this, 11)}});
    columns->offerIn(m_tree);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(PoolModel::Name, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &PoolTreeView::ask);
}

void PoolTreeView::look(std::shared_ptr<const PoolIndex> pool, const QString &text)
{
    m_pool = std::move(pool);
    if (m_query.text != text) {
        m_query.text = text;
        m_closed.clear();
    }
    if (!m_pool) {
        m_search.drop();
        take({});
        return;
    }
    ask();
}

void PoolTreeView::ask()
{
    m_query.key = PoolModel::keyOf(m_tree->header()->sortIndicatorSection());
    m_query.order = m_tree->header()->sortIndicatorOrder();
    if (m_pool) {
        m_search.ask([pool = m_pool, query = m_query] { return PoolRows::of(pool, query); },
                     [this](PoolRows rows) { take(std::move(rows)); });
    }
}

void PoolTreeView::take(PoolRows rows)
{
    using Stays = TreeViewState::Stays;
    const Stays stays = rows.query == m_model.rows().query ? Stays::TopRow : Stays::ScrollBar;
    m_state->keep(stays, [&] {
        m_model.setRows(std::move(rows));
        openFew();
    });
    Q_EMIT shown();
}

// What a filter finds is seen at once, unless it is too much.
void PoolTreeView::openFew()
{
    if (m_model.rows().query.text.isEmpty() || m_model.rows().tags > kFewTags) {
        return;
    }
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (const QModelIndex index = m_model.index(row, 0); !m_closed.contains(m_model.pathOf(index))) {
            m_tree->expand(index);
        }
    }
}

QStringList PoolTreeView::opened() const
{
    return m_state->opened();
}

void PoolTreeView::open(const QStringList &paths)
{
    m_state->open(paths);
}

bool PoolTreeView::goTo(const QString &reference)
{
    const QModelIndex index = m_model.indexOf(reference);
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index, QAbstractItemView::PositionAtCenter);
        m_tree->setFocus();
    }
    return index.isValid();
}

} // namespace layerpool
