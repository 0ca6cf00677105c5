// SPDX-License-Identifier: Apache-2.0
#include "models/SpaceModel.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Alignment.h"
#include "work/PoolRows.h"

#include <QLocale>

#include <algorithm>

namespace layerpool {
namespace {

QString tileName(const SpaceMap &map, int tile)
{
    const PoolUsage::Blob *blob = map.blobOf(tile);
    if (!blob) {
        return SpaceModel::tr("%n small blob(s)", nullptr, map.tiles[std::size_t(tile)].blobs);
    }
    return blob->users > 1 ? SpaceModel::tr("%1, shared by %n image(s)", "a blob's digest", blob->users)
                                 .arg(blob->digest.shortHex())
                           : blob->digest.shortHex();
}

} // namespace

QString frameName(const SpaceMap &map, int frame)
{
    const int repository = map.frames[std::size_t(frame)].repository;
    return repository == SpaceMap::noRepository
               ? SpaceModel::tr("Needed by no image")
               : map.index->repositories()[std::size_t(repository)].name.toString();
}

QString tileText(const SpaceMap &map, int tile)
{
    return SpaceModel::tr("%1: %2\n%3", "repository, size, blob")
        .arg(frameName(map, map.frameOf(tile)), formatBytes(map.tiles[std::size_t(tile)].bytes),
             tileName(map, tile));
}

void SpaceModel::setMap(std::shared_ptr<const SpaceMap> map)
{
    beginResetModel();
    m_map = std::move(map);
    endResetModel();
}

const SpaceMap::Frame &SpaceModel::frameOf(const QModelIndex &index) const
{
    const int frame = index.internalId() == 0 ? index.row() : int(index.internalId()) - 1;
    return m_map->frames[std::size_t(frame)];
}

int SpaceModel::tileOf(const QModelIndex &index) const
{
    return !index.isValid() || index.internalId() == 0 ? -1 : frameOf(index).firstTile + index.row();
}

QModelIndex SpaceModel::indexOfTile(int tile) const
{
    if (!m_map || tile < 0) {
        return {};
    }
    const int frame = m_map->frameOf(tile);
    return index(tile - m_map->frames[std::size_t(frame)].firstTile, 0, index(frame, 0));
}

PoolItem SpaceModel::itemOf(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    if (const int tile = tileOf(index); tile >= 0) {
        const PoolUsage::Blob *blob = m_map->blobOf(tile);
        return blob ? layerpool::itemOf(*blob) : PoolItem();
    }
    const int repository = frameOf(index).repository;
    return repository == SpaceMap::noRepository
               ? PoolItem()
               : PoolItem{PoolItem::Kind::Repository, frameName(*m_map, index.row()), {}};
}

QString SpaceModel::pathOf(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    const int tile = tileOf(index);
    if (tile < 0) {
        return frameName(*m_map, index.row());
    }
    const PoolUsage::Blob *blob = m_map->blobOf(tile);
    return blob ? blob->digest.toString() : frameName(*m_map, m_map->frameOf(tile)) + QLatin1Char('@');
}

QModelIndex SpaceModel::indexOf(const QString &path) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (const QModelIndex frame = index(row, 0); pathOf(frame) == path) {
            return frame;
        }
    }
    for (int tile = 0; m_map && tile < int(m_map->tiles.size()); ++tile) {
        if (const QModelIndex index = indexOfTile(tile); pathOf(index) == path) {
            return index;
        }
    }
    return {};
}

QString SpaceModel::imageOf(const QModelIndex &index) const
{
    const int tile = tileOf(index);
    const PoolUsage::Blob *blob = tile < 0 ? nullptr : m_map->blobOf(tile);
    if (!blob || blob->users == 0) {
        return index.isValid() && frameOf(index).repository != SpaceMap::noRepository
                   ? frameName(*m_map, tile < 0 ? index.row() : m_map->frameOf(tile))
                   : QString();
    }
    const auto users = m_map->index->usage().usersOf(*blob);
    const auto here =
        std::find_if(users.begin(), users.end(), [&](int tag) { // rather than one that is hidden
            return m_map->index->repositoryOf(tag) == frameOf(index).repository;
        });
    return m_map->index->tagAt(here == users.end() ? users.front() : *here).toString();
}

QModelIndex SpaceModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent)
               ? createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : 0)
               : QModelIndex();
}

QModelIndex SpaceModel::parent(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() > 0
               ? createIndex(int(index.internalId()) - 1, 0, quintptr(0))
               : QModelIndex();
}

int SpaceModel::rowCount(const QModelIndex &parent) const
{
    if (!m_map) {
        return 0;
    }
    if (!parent.isValid()) {
        return int(m_map->frames.size());
    }
    return parent.internalId() == 0 && parent.column() == 0 ? frameOf(parent).tiles : 0;
}

int SpaceModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString SpaceModel::name(const QModelIndex &index) const
{
    const int tile = tileOf(index);
    return tile < 0 ? frameName(*m_map, index.row()) : tileName(*m_map, tile);
}

qint64 SpaceModel::bytes(const QModelIndex &index) const
{
    const int tile = tileOf(index);
    return tile < 0 ? frameOf(index).bytes : m_map->tiles[std::size_t(tile)].bytes;
}

// A part alone is no image.
QStringList SpaceModel::images(const QModelIndex &index) const
{
    const int repository = tileOf(index) < 0 ? frameOf(index).repository : SpaceMap::noRepository;
    return repository == SpaceMap::noRepository
               ? QStringList()
               : namesOf(m_map->index->repositories()[std::size_t(repository)]);
}

QVariant SpaceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? name(index)
               : index.column() == Size
                   ? formatBytes(bytes(index))
                   : QLocale().toString(
                         100.0 * double(bytes(index)) / double(std::max<qint64>(1, m_map->bytes)), 'f', 1) +
                         QLocale().percent();
    case Qt::ToolTipRole:
        return index.column() == Size ? exactBytes(bytes(index)) : name(index);
    case Qt::DecorationRole:
        return index.column() != Name
                   ? QVariant()
                   : themedIcon(tileOf(index) < 0 ? QStringLiteral("repository") : QStringLiteral("layer"));
    case Qt::TextAlignmentRole:
        return index.column() == Name ? textAlignment : numberAlignment;
    case DigestRole:
        return itemOf(index).digest.isNull() ? QString() : itemOf(index).digest.toString();
    case ReferenceRole:
        return itemOf(index).reference;
    case ImagesRole:
        return images(index).join(QLatin1Char('\n'));
    default:
        return {};
    }
}

QVariant SpaceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == Name ? textAlignment : numberAlignment;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == Name   ? tr("Repository")
           : section == Size ? tr("Size")
                             : tr("Share", "of all the space");
}

} // namespace layerpool
