// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/pool/SpaceMapPicture.h"

#include <QWidget>

namespace layerpool {

/// A space map to look at. The pointer or the arrow keys walk over its tiles; a click or Enter goes to one.
class SpaceMapWidget final : public QWidget
{
    Q_OBJECT

public:
    explicit SpaceMapWidget(QWidget *parent = nullptr);

    void setMap(DrawnSpaceMap map);
    /// What is drawn; null for nothing.
    const std::shared_ptr<const SpaceMap> &map() const { return m_map; }
    /// For a map that fits the widget as it is now, and looks like it.
    SpaceMapPicture picture() const { return SpaceMapPicture(*this); }

    /// -1 for none.
    int tileAt(const QPointF &point) const { return m_map ? m_map->tileAt(point) : -1; }
    int currentTile() const { return m_current; }
    void setCurrentTile(int tile);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void resized();
    void currentTileChanged(int tile);
    void activated(int tile);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// The frames of the repositories that share the tile's blob.
    void lightUsers(QPainter &painter, int tile) const;
    int neighbour(int key) const;
    void setHovered(int tile);

    std::shared_ptr<const SpaceMap> m_map;
    QImage m_picture;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace layerpool
