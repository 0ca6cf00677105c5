// SPDX-License-Identifier: Apache-2.0
#include "views/pool/SpaceMapPicture.h"

#include "base/Text.h"
#include "models/SpaceModel.h"
#include "views/Spacing.h"

#include <QWidget>

#include <cmath>

namespace layerpool {
namespace {

constexpr double kTileTint = 0.45;
constexpr double kFrameTint = 0.12;
constexpr double kHatchTint = 0.6;

QColor mixed(const QPalette &palette, QPalette::ColorRole tint, double share)
{
    const QColor a = palette.color(QPalette::Base);
    const QColor b = palette.color(tint);
    const auto mix = [share](int x, int y) { return int(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

SpaceMapPicture::SpaceMapPicture(const QWidget &widget)
    : m_size(widget.size())
    , m_scale(widget.devicePixelRatioF())
    , m_palette(widget.palette())
    , m_font(widget.font())
    , m_margin(innerSpacing(&widget) / 2.0)
{
}

SpaceMap::Style SpaceMapPicture::mapStyle() const
{
    const double line = QFontMetrics(m_font).height();
    return {QSizeF(m_size), line * 1.2, std::max(1.0, line / 10), line / 3};
}

QImage SpaceMapPicture::draw(const SpaceMap &map) const
{
    QImage picture(m_size * m_scale, QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(m_scale);
    picture.fill(m_palette.color(QPalette::Base));
    QPainter painter(&picture);
    painter.setFont(m_font);
    for (std::size_t frame = 0; frame < map.frames.size(); ++frame) {
        drawFrame(painter, map, int(frame));
    }
    return picture;
}

QColor SpaceMapPicture::frameColor(const QPalette &palette)
{
    return mixed(palette, QPalette::Text, kFrameTint);
}

void SpaceMapPicture::drawFrame(QPainter &painter, const SpaceMap &map, int frame) const
{
    const SpaceMap::Frame &drawn = map.frames[std::size_t(frame)];
    painter.fillRect(drawn.rect, frameColor(m_palette));
    for (int tile = drawn.firstTile; tile < drawn.firstTile + drawn.tiles; ++tile) {
        drawTile(painter, map, tile, drawn.repository == SpaceMap::noRepository);
    }
    if (!drawn.heading.isEmpty()) {
        const QRectF room = drawn.heading.adjusted(m_margin, 0, -m_margin, 0);
        painter.setPen(m_palette.color(QPalette::Text));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         shortened(frameName(map, frame), room.width()));
    }
    painter.setPen(QPen(m_palette.color(QPalette::Base), 1));
    painter.drawRect(drawn.rect);
}

// The last part of a name tells most.
QString SpaceMapPicture::shortened(const QString &name, double room) const
{
    const QFontMetrics metrics(m_font);
    const bool fits = metrics.horizontalAdvance(name) <= room;
    return fits ? name : metrics.elidedText(name.section(u'/', -1), Qt::ElideRight, int(room));
}

void SpaceMapPicture::drawTile(QPainter &painter, const SpaceMap &map, int tile, bool isUnused) const
{
    const QRectF rect = map.tiles[std::size_t(tile)].rect;
    painter.fillRect(rect, isUnused ? mixed(m_palette, QPalette::Text, kFrameTint * 2)
                                    : mixed(m_palette, QPalette::Highlight, kTileTint));
    if (map.isShared(tile)) { // a shape, not a colour alone
        painter.fillRect(rect, QBrush(mixed(m_palette, QPalette::Text, kHatchTint), Qt::BDiagPattern));
    }
    painter.setPen(QPen(m_palette.color(QPalette::Base), 1));
    painter.drawRect(rect);
    drawSize(painter, rect, map.tiles[std::size_t(tile)].bytes);
}

// Where it fits: a piece of a number would be another number.
void SpaceMapPicture::drawSize(QPainter &painter, const QRectF &rect, qint64 bytes) const
{
    const QString text = formatBytes(bytes);
    const QFontMetrics metrics(m_font);
    QRectF room(0, 0, metrics.horizontalAdvance(text) + 2 * m_margin, metrics.height());
    if (room.width() > rect.width() || room.height() > rect.height()) {
        return;
    }
    room.moveCenter(rect.center());
    painter.fillRect(room, frameColor(m_palette)); // over the hatching it could not be read
    painter.setPen(m_palette.color(QPalette::Text));
    painter.drawText(room, Qt::AlignCenter, text);
}

} // namespace layerpool
