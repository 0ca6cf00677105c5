// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/SpaceMap.h"

#include <QFont>
#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QPalette>

class QWidget;

namespace layerpool {

/// Draws a map with the looks that a widget has at the moment. A value: ten thousand frames take longer than
/// the window's thread has, so a worker draws them.
class SpaceMapPicture
{
public:
    explicit SpaceMapPicture(const QWidget &widget);

    /// Behind the headings.
    static QColor frameColor(const QPalette &palette);

    SpaceMap::Style mapStyle() const;
    QImage draw(const SpaceMap &map) const;

private:
    void drawFrame(QPainter &painter, const SpaceMap &map, int frame) const;
    void drawTile(QPainter &painter, const SpaceMap &map, int tile, bool isUnused) const;
    QString shortened(const QString &name, double room) const;
    void drawSize(QPainter &painter, const QRectF &rect, qint64 bytes) const;

    QSize m_size;
    double m_scale;
    QPalette m_palette;
    QFont m_font;
    double m_margin;
};

/// A map and how it looks.
struct DrawnSpaceMap
{
    std::shared_ptr<const SpaceMap> map; ///< null: nothing to be seen
    QImage picture;
};

} // namespace layerpool
