// SPDX-License-Identifier: Apache-2.0
#include "views/pool/PoolSpaceView.h"

#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"
#include "views/pool/SpaceMapWidget.h"
#include "views/pool/TreeViewState.h"
#include "work/Workspace.h"

#include <QFocusEvent>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace layerpool {

PoolSpaceView::PoolSpaceView(Workspace &workspace, QWidget *parent)
    : PoolView(parent)
    , m_drawing(workspace.workers(), this)
    , m_map(new SpaceMapWidget(this))
    , m_table(new QTreeView(this))
    , m_state(new TreeViewState(m_table, m_model))
{
    setUpTable(workspace);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("spaceSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(innerSpacing(this));
    splitter->addWidget(m_map);
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *legend =
        new QLabel(tr("Hatched: shared by several images, drawn once. A click or Enter shows an image that "
                      "needs it."),
                   this);
    legend->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(splitter, 1);
    layout->addWidget(legend);

    connect(m_map, &SpaceMapWidget::resized, this, &PoolSpaceView::ask);
    connect(m_map, &SpaceMapWidget::currentTileChanged, this, [this](int tile) {
        if (const QModelIndex index = m_model.indexOfTile(tile); index.isValid()) {
            m_table->setCurrentIndex(index);
        }
    });
    connect(m_map, &SpaceMapWidget::activated, this, [this](int tile) { goTo(m_model.indexOfTile(tile)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &PoolSpaceView::onCurrentRow);
    connect(m_table, &QTreeView::activated, this, &PoolSpaceView::goTo);
}

// No proxy: Tab would take the view for another stop, and go round within it for ever.
void PoolSpaceView::focusInEvent(QFocusEvent *event)
{
    m_map->setFocus(event->reason());
}

void PoolSpaceView::setUpTable(Workspace &workspace)
{
    m_table->setObjectName(QStringLiteral("spaceTable"));
    m_table->setAccessibleName(tr("What takes the space, as a table"));
    m_table->setModel(&m_model);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setColumnWidth(SpaceModel::Size, textWidth(this, 11));
    m_table->setColumnWidth(SpaceModel::Share, textWidth(this, 9));
    auto *columns = new ColumnRoom(m_table->header(), SpaceModel::Name, textWidth(this, 30), {});
    addCopyActions(m_table);
    addPullAction(m_table, workspace);
    columns->offerIn(m_table);
}

void PoolSpaceView::look(std::shared_ptr<const PoolIndex> pool, const QString &text)
{
    m_pool = std::move(pool);
    m_text = text;
    ask();
}

void PoolSpaceView::ask()
{
    if (!m_pool) {
        m_drawing.drop();
        take({});
        return;
    }
    m_drawing.ask(
        [pool = m_pool, text = m_text, picture = m_map->picture()] {
            auto map = std::make_shared<const SpaceMap>(SpaceMap::of(pool, text, picture.mapStyle()));
            const QImage drawn = picture.draw(*map);
            return DrawnSpaceMap{std::move(map), drawn};
        },
        [this](DrawnSpaceMap drawn) { take(std::move(drawn)); });
}

// Another size may draw other tiles.
void PoolSpaceView::take(DrawnSpaceMap drawn)
{
    m_state->keep(TreeViewState::Stays::TopRow, [&] {
        m_model.setMap(drawn.map);
        m_map->setMap(std::move(drawn));
    });
    Q_EMIT shown();
}

void PoolSpaceView::goTo(const QModelIndex &row)
{
    if (const QString image = m_model.imageOf(row); !image.isEmpty()) {
        Q_EMIT imageWanted(image);
    }
}

void PoolSpaceView::onCurrentRow(const QModelIndex &current)
{
    m_map->setCurrentTile(m_model.tileOf(current));
    Q_EMIT currentChanged(m_model.itemOf(current));
}

} // namespace layerpool
