// SPDX-License-Identifier: Apache-2.0
#include "views/pool/SpaceMapWidget.h"

#include "models/SpaceModel.h"
#include "views/Spacing.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace layerpool {
namespace {

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](int x, int y) { return int(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

constexpr double kTileTint = 0.45;
constexpr double kFrameTint = 0.12;

} // namespace

SpaceMapWidget::SpaceMapWidget(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("spaceMap"));
    setAccessibleName(tr("What takes the space, as a picture"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

QColor SpaceMapWidget::frameColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), kFrameTint);
}

void SpaceMapWidget::setMap(std::shared_ptr<const SpaceMap> map)
{
    m_map = std::move(map);
    m_drawn = {};
    m_current = -1;
    m_hovered = -1;
    update();
}

SpaceMap::Style SpaceMapWidget::mapStyle() const
{
    const double line = fontMetrics().height();
    return {QSizeF(size()), line * 1.2, std::max(1.0, line / 10), line / 3};
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
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    update();
    Q_EMIT currentTileChanged(tile);
}

void SpaceMapWidget::paintEvent(QPaintEvent *)
{
    if (!m_map) {
        return;
    }
    if (m_drawn.isNull()) {
        m_drawn = draw();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_drawn);
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

QPixmap SpaceMapWidget::draw() const
{
    QPixmap pixmap(size() * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(palette().color(QPalette::Base));
    QPainter painter(&pixmap);
    for (const SpaceMap::Frame &frame : m_map->frames) {
        drawFrame(painter, frame);
    }
    return pixmap;
}

void SpaceMapWidget::drawFrame(QPainter &painter, const SpaceMap::Frame &frame) const
{
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    const int at = int(&frame - m_map->frames.data());
    painter.fillRect(frame.rect, frameColor(palette()));
    for (int tile = frame.firstTile; tile < frame.firstTile + frame.tiles; ++tile) {
        drawTile(painter, tile);
    }
    if (!frame.heading.isEmpty()) {
        const double margin = innerSpacing(this) / 2.0;
        const QRectF room = frame.heading.adjusted(margin, 0, -margin, 0);
        painter.setPen(text);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(frameName(*m_map, at), Qt::ElideMiddle, int(room.width())));
    }
    painter.setPen(QPen(base, 1));
    painter.drawRect(frame.rect);
}

void SpaceMapWidget::drawTile(QPainter &painter, int tile) const
{
    const QColor base = palette().color(QPalette::Base);
    const QRectF rect = m_map->tiles[std::size_t(tile)].rect;
    const bool isUnused =
        m_map->frames[std::size_t(m_map->frameOf(tile))].repository == SpaceMap::noRepository;
    const QColor tint = palette().color(isUnused ? QPalette::Text : QPalette::Highlight);
    painter.fillRect(rect, mixed(base, tint, isUnused ? kFrameTint * 2 : kTileTint));
    if (m_map->isShared(tile)) { // a shape, not a colour alone
        painter.fillRect(rect, QBrush(mixed(base, palette().color(QPalette::Text), 0.6), Qt::BDiagPattern));
    }
    painter.setPen(QPen(base, 1));
    painter.drawRect(rect);
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
        m_drawn = {};
        Q_EMIT resized(); // headings are as high as the font is
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

void SpaceMapWidget::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && tileAt(event->position()) >= 0) {
        Q_EMIT activated(tileAt(event->position()));
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
