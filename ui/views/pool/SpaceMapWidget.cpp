// SPDX-License-Identifier: Apache-2.0
#include "views/pool/SpaceMapWidget.h"

#include "models/SpaceModel.h"
#include "views/Spacing.h"

#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <set>

namespace layerpool {
namespace {

QAccessibleInterface *pictureOf(const QString &className, QObject *object)
{
    auto *map = className == QLatin1String("layerpool::SpaceMapWidget")
                    ? qobject_cast<SpaceMapWidget *>(object)
                    : nullptr;
    return map ? new QAccessibleWidget(map, QAccessible::Graphic) : nullptr; // Qt owns it
}

} // namespace

SpaceMapWidget::SpaceMapWidget(QWidget *parent) : QWidget(parent)
{
    QAccessible::installFactory(pictureOf); // Qt keeps it once
    setObjectName(QStringLiteral("spaceMap"));
    setAccessibleName(tr("What takes the space, as a picture"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void SpaceMapWidget::setMap(DrawnSpaceMap map)
{
    m_map = std::move(map.map);
    m_picture = std::move(map.picture);
    m_current = -1;
    m_hovered = -1;
    update();
}

QSize SpaceMapWidget::minimumSizeHint() const
{
    return {textWidth(this, 20), fontMetrics().height() * 6};
}

QSize SpaceMapWidget::sizeHint() const
{
    return {textWidth(this, 60), fontMetrics().height() * 20};
}

void SpaceMapWidget::setCurrentTile(int tile)
{
    if (tile == m_current) {
        return;
    }
    m_current = tile;
    setAccessibleDescription(tile < 0 ? QString() : tileText(*m_map, tile));
    update();
    Q_EMIT currentTileChanged(tile);
}

void SpaceMapWidget::paintEvent(QPaintEvent *)
{
    if (!m_map) {
        return;
    }
    QPainter painter(this);
    painter.drawImage(0, 0, m_picture);
    if (hasFocus() && m_current < 0) { // else the tile shows it
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    const int lit = m_hovered >= 0 ? m_hovered : m_current;
    if (lit >= 0) {
        lightUsers(painter, lit);
    }
    if (m_hovered >= 0 && m_hovered != m_current) {
        painter.setPen(QPen(palette().color(QPalette::Text), 1));
        painter.drawRect(m_map->tiles[std::size_t(m_hovered)].rect.adjusted(0, 0, -1, -1));
    }
    if (m_current >= 0) {
        painter.setPen(QPen(palette().color(QPalette::Text), hasFocus() ? 3 : 2));
        painter.drawRect(m_map->tiles[std::size_t(m_current)].rect.adjusted(1, 1, -2, -2));
    }
}

void SpaceMapWidget::lightUsers(QPainter &painter, int tile) const
{
    const PoolUsage::Blob *blob = m_map->blobOf(tile);
    if (!blob || blob->users < 2) {
        return;
    }
    std::set<int> repositories;
    for (const int tag : m_map->index->usage().usersOf(*blob)) {
        repositories.insert(m_map->index->repositoryOf(tag));
    }
    painter.setPen(QPen(palette().color(QPalette::Text), 2, Qt::DashLine));
    for (const SpaceMap::Frame &frame : m_map->frames) {
        if (repositories.contains(frame.repository)) {
            painter.drawRect(frame.rect.adjusted(1, 1, -2, -2));
        }
    }
}

void SpaceMapWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    Q_EMIT resized();
}

void SpaceMapWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        Q_EMIT resized(); // drawn anew; headings are as high as the font is
    }
}

bool SpaceMapWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int tile = tileAt(help->pos());
        tile < 0 ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tileText(*m_map, tile), this);
        return true;
    }
    return QWidget::event(event);
}

void SpaceMapWidget::setHovered(int tile)
{
    if (tile != m_hovered) {
        m_hovered = tile;
        update();
    }
}

void SpaceMapWidget::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(tileAt(event->position()));
}

void SpaceMapWidget::leaveEvent(QEvent *)
{
    setHovered(-1);
}

void SpaceMapWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        setCurrentTile(tileAt(event->position()));
    }
}

// As a button's: who leaves the tile with the button down did not mean it.
void SpaceMapWidget::mouseReleaseEvent(QMouseEvent *event)
{
    const int tile = tileAt(event->position());
    if (event->button() == Qt::LeftButton && tile >= 0 && tile == m_current) {
        Q_EMIT activated(tile);
    }
}

// The nearest tile whose middle lies that way.
int SpaceMapWidget::neighbour(int key) const
{
    const QPointF from = m_map->tiles[std::size_t(m_current)].rect.center();
    const bool isSideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const double sign = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    int best = m_current;
    double shortest = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < m_map->tiles.size(); ++i) {
        const QPointF way = m_map->tiles[i].rect.center() - from;
        const double along = sign * (isSideways ? way.x() : way.y());
        const double across = std::abs(isSideways ? way.y() : way.x());
        if (along > 0.5 && along + 2 * across < shortest) {
            shortest = along + 2 * across;
            best = int(i);
        }
    }
    return best;
}

void SpaceMapWidget::keyPressEvent(QKeyEvent *event)
{
    const bool isArrow = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
                         event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (!m_map || m_map->tiles.empty()) {
        QWidget::keyPressEvent(event);
    } else if (isArrow) {
        setCurrentTile(m_current < 0 ? 0 : neighbour(event->key()));
    } else if (event->key() == Qt::Key_Home) {
        setCurrentTile(0);
    } else if (event->key() == Qt::Key_End) {
        setCurrentTile(int(m_map->tiles.size()) - 1);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0) {
        Q_EMIT activated(m_current);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace layerpool
