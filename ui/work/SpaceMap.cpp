// SPDX-License-Identifier: Apache-2.0
#include "work/SpaceMap.h"

#include "work/PoolRows.h"
#include "work/Squarify.h"

#include <algorithm>

namespace layerpool {
namespace {

struct Share
{
    int repository;
    qint64 bytes = 0;
    std::vector<int> blobs;
};

// The first that was asked for; of what was asked for by its digest, the first of all.
int homeOf(const PoolIndex &index, const PoolUsage::Blob &blob, const PoolQuery &query)
{
    const auto users = index.usage().usersOf(blob);
    if (users.empty()) {
        return SpaceMap::noRepository;
    }
    const auto wanted = std::find_if(users.begin(), users.end(),
                                     [&](int tag) { return query.matches(index.tagAt(tag).toString()); });
    return index.repositoryOf(wanted == users.end() ? users.front() : *wanted);
}

/// The blobs by the repository they are drawn in, all with the largest first.
std::vector<Share> sharesOf(const PoolIndex &index, const BlobRows &rows)
{
    std::vector<Share> shares(index.repositories().size() + 1);
    for (const int position : rows.blobs) {
        const PoolUsage::Blob &blob = index.usage().blobs()[std::size_t(position)];
        if (blob.bytes > 0) {
            Share &share = shares[std::size_t(homeOf(index, blob, rows.query) + 1)];
            share.bytes += blob.bytes;
            share.blobs.push_back(position);
        }
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        shares[i].repository = int(i) - 1;
    }
    std::erase_if(shares, [](const Share &share) { return share.bytes == 0; });
    std::stable_sort(shares.begin(), shares.end(),
                     [](const Share &a, const Share &b) { return a.bytes > b.bytes; });
    for (Share &share : shares) {
        std::stable_sort(share.blobs.begin(), share.blobs.end(), [&index](int a, int b) {
            const auto &all = index.usage().blobs();
            return all[std::size_t(a)].bytes > all[std::size_t(b)].bytes;
        });
    }
    return shares;
}

std::vector<QRectF> cut(const QRectF &area, const std::vector<qint64> &bytes)
{
    return squarify(area, std::vector<double>(bytes.begin(), bytes.end()));
}

class Drawing
{
public:
    Drawing(SpaceMap &map, const SpaceMap::Style &style) : m_map(map), m_style(style) {}

    void add(const Share &share, const QRectF &rect)
    {
        SpaceMap::Frame frame;
        frame.rect = rect;
        frame.repository = share.repository;
        frame.bytes = share.bytes;
        frame.firstTile = int(m_map.tiles.size());
        QRectF inside = rect.adjusted(m_style.gap, m_style.gap, -m_style.gap, -m_style.gap);
        if (inside.height() > 2 * m_style.headingHeight && inside.width() > 3 * m_style.headingHeight) {
            frame.heading = inside;
            frame.heading.setHeight(m_style.headingHeight);
            inside.setTop(frame.heading.bottom());
        }
        addTiles(share, inside.isValid() ? inside : rect);
        frame.tiles = int(m_map.tiles.size()) - frame.firstTile;
        m_map.frames.push_back(frame);
    }

private:
    // Those too small to be seen become one tile: 200,000 of them would be drawn for nobody.
    void addTiles(const Share &share, const QRectF &area)
    {
        const auto &all = m_map.index->usage().blobs();
        const double worth = m_style.smallestTile * m_style.smallestTile;
        const double scale = area.width() * area.height() / double(share.bytes);
        std::vector<SpaceMap::Tile> tiles;
        for (std::size_t i = 0; i < share.blobs.size(); ++i) {
            const qint64 bytes = all[std::size_t(share.blobs[i])].bytes;
            if (double(bytes) * scale >= worth || i + 1 == share.blobs.size()) {
                tiles.push_back({{}, share.blobs[i], 1, bytes});
                continue;
            }
            SpaceMap::Tile rest{{}, SpaceMap::noBlob, int(share.blobs.size() - i), 0};
            for (; i < share.blobs.size(); ++i) {
                rest.bytes += all[std::size_t(share.blobs[i])].bytes;
            }
            const auto place = std::find_if(tiles.begin(), tiles.end(), [&](const SpaceMap::Tile &tile) {
                return tile.bytes < rest.bytes;
            });
            tiles.insert(place, rest);
        }
        std::vector<qint64> bytes(tiles.size());
        std::transform(tiles.begin(), tiles.end(), bytes.begin(),
                       [](const SpaceMap::Tile &tile) { return tile.bytes; });
        const std::vector<QRectF> rects = cut(area, bytes);
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            tiles[i].rect = rects[i];
            m_map.tiles.push_back(tiles[i]);
        }
    }

    SpaceMap &m_map;
    const SpaceMap::Style &m_style;
};

} // namespace

SpaceMap SpaceMap::of(std::shared_ptr<const PoolIndex> index, const QString &text, const Style &style)
{
    SpaceMap map;
    map.index = std::move(index);
    if (!map.index || style.size.isEmpty()) {
        return map;
    }
    const BlobRows shown = BlobRows::of(map.index, {text});
    const std::vector<Share> shares = sharesOf(*map.index, shown);
    std::vector<qint64> bytes(shares.size());
    std::transform(shares.begin(), shares.end(), bytes.begin(),
                   [](const Share &share) { return share.bytes; });
    const std::vector<QRectF> rects = cut(QRectF({0, 0}, style.size), bytes);
    Drawing drawing(map, style);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        drawing.add(shares[i], rects[i]);
    }
    map.bytes = shown.bytes;
    return map;
}

int SpaceMap::tileAt(const QPointF &point) const
{
    for (const Frame &frame : frames) {
        if (!frame.rect.contains(point)) {
            continue;
        }
        for (int tile = frame.firstTile; tile < frame.firstTile + frame.tiles; ++tile) {
            if (tiles[std::size_t(tile)].rect.contains(point)) {
                return tile;
            }
        }
    }
    return -1;
}

int SpaceMap::frameOf(int tile) const
{
    const auto next =
        std::upper_bound(frames.begin(), frames.end(), tile,
                         [](int wanted, const Frame &frame) { return wanted < frame.firstTile; });
    return int(next - frames.begin()) - 1;
}

const PoolUsage::Blob *SpaceMap::blobOf(int tile) const
{
    const int blob = tiles[std::size_t(tile)].blob;
    return blob == noBlob ? nullptr : &index->usage().blobs()[std::size_t(blob)];
}

bool SpaceMap::isShared(int tile) const
{
    const PoolUsage::Blob *blob = blobOf(tile);
    return blob && blob->users > 1;
}

} // namespace layerpool
