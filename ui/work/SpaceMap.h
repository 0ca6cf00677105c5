// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <QRectF>
#include <QSizeF>

#include <memory>
#include <vector>

namespace layerpool {

/// What takes the space in a pool, as a picture and as its table: a frame for each repository, in it a tile
/// for each blob, of areas that are the bytes on the disk. A blob is drawn once, in the first repository that
/// needs it and was asked for. Made in a worker; a value that never changes.
struct SpaceMap
{
    static constexpr int noBlob = -1;       ///< many small ones as one tile
    static constexpr int noRepository = -1; ///< what no image needs

    struct Tile
    {
        QRectF rect;
        int blob = noBlob; ///< position in PoolUsage::blobs
        int blobs = 1;     ///< how many it stands for
        qint64 bytes = 0;
    };
    struct Frame
    {
        QRectF rect;
        QRectF heading; ///< where its name is written; empty where there is no room
        int repository = noRepository;
        qint64 bytes = 0;  ///< of its tiles
        int firstTile = 0; ///< its tiles lie side by side, the largest first
        int tiles = 0;
    };
    /// How it is drawn; lengths are the widget's.
    struct Style
    {
        QSizeF size;
        double headingHeight = 0;
        double gap = 0;
        double smallestTile = 0; ///< the side of a tile that is worth drawing alone
    };

    std::shared_ptr<const PoolIndex> index;
    std::vector<Frame> frames; ///< the largest first
    std::vector<Tile> tiles;
    qint64 bytes = 0;

    /// `text`: what the names of repositories or images must hold, as in a PoolQuery.
    static SpaceMap of(std::shared_ptr<const PoolIndex> index, const QString &text, const Style &style);

    /// -1 where there is none.
    int tileAt(const QPointF &point) const;
    int frameOf(int tile) const;
    /// Null for many small ones.
    const PoolUsage::Blob *blobOf(int tile) const;
    bool isShared(int tile) const;
};

} // namespace layerpool
