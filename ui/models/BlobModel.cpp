// SPDX-License-Identifier: Apache-2.0
#include "models/BlobModel.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Alignment.h"

#include <QFontDatabase>
#include <QMimeData>
#include <QLocale>

#include <algorithm>

namespace layerpool {
namespace {

int blobAlignment(int column)
{
    return column == BlobModel::Size || column == BlobModel::Images ? numberAlignment : textAlignment;
}

QString wordOf(PoolUsage::Role role)
{
    switch (role) {
    case PoolUsage::Role::Manifest:
        return BlobModel::tr("Manifest");
    case PoolUsage::Role::Config:
        return BlobModel::tr("Config");
    case PoolUsage::Role::Layer:
        return BlobModel::tr("Layer");
    case PoolUsage::Role::Unused:
        break;
    }
    return BlobModel::tr("Unused", "a blob that no image needs");
}

QString wordOf(const PoolUsage::Blob &blob)
{
    return blob.isLeftOut
               ? BlobModel::tr("%1, left out", "a layer that the far side has").arg(wordOf(blob.role))
               : wordOf(blob.role);
}

QString iconOf(PoolUsage::Role role)
{
    switch (role) {
    case PoolUsage::Role::Manifest:
        return QStringLiteral("platform");
    case PoolUsage::Role::Config:
        return QStringLiteral("config");
    case PoolUsage::Role::Layer:
        return QStringLiteral("layer");
    case PoolUsage::Role::Unused:
        break;
    }
    return QStringLiteral("clear");
}

} // namespace

void BlobModel::setRows(BlobRows rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

PoolKey BlobModel::keyOf(int column)
{
    switch (column) {
    case Name:
        return PoolKey::Digest;
    case Kind:
        return PoolKey::Kind;
    case Images:
        return PoolKey::Shared;
    default:
        return PoolKey::Size;
    }
}

const PoolUsage::Blob &BlobModel::blobAt(int row) const
{
    return m_rows.index->usage().blobs()[std::size_t(m_rows.blobs[std::size_t(row)])];
}

const PoolUsage::Blob &BlobModel::blobOf(const QModelIndex &index) const
{
    return blobAt(isBlob(index) ? index.row() : int(index.internalId()) - 1);
}

int BlobModel::tagOf(const QModelIndex &index) const
{
    return m_rows.index->usage().usersOf(blobOf(index))[std::size_t(index.row())];
}

QString BlobModel::pathOf(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    const QString blob = blobOf(index).digest.toString();
    return isBlob(index) ? blob : blob + QLatin1Char('/') + m_rows.index->tagAt(tagOf(index)).toString();
}

QModelIndex BlobModel::indexOf(const QString &path) const
{
    const QString image = path.section(QLatin1Char('/'), 1);
    const auto digest = Digest::parse(path.section(QLatin1Char('/'), 0, 0));
    const PoolUsage::Blob *blob = m_rows.index && digest ? m_rows.index->usage().find(*digest) : nullptr;
    const int row = blob ? m_rows.rows[std::size_t(blob - m_rows.index->blobs().data())] : -1;
    if (row < 0) {
        return {};
    }
    return image.isEmpty() ? index(row, 0) : indexOfImage(index(row, 0), image);
}

QModelIndex BlobModel::indexOfImage(const QModelIndex &blob, const QString &reference) const
{
    const qsizetype colon = reference.lastIndexOf(QLatin1Char(':'));
    const auto name = RepositoryName::parse(reference.first(std::max<qsizetype>(0, colon)));
    const PoolTag *tag = name ? m_rows.index->tag(*name, reference.sliced(colon + 1)) : nullptr;
    if (!tag) {
        return {};
    }
    const auto users = m_rows.index->usage().usersOf(blobOf(blob));
    const int position = m_rows.index->positionOf(*tag);
    const auto found = std::lower_bound(users.begin(), users.end(), position);
    return found != users.end() && *found == position ? index(int(found - users.begin()), 0, blob)
                                                      : QModelIndex();
}

PoolItem BlobModel::itemOf(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    if (!isBlob(index)) {
        const PoolTag &tag = m_rows.index->tagAt(tagOf(index));
        return {PoolItem::Kind::Image, tag.toString(), tag.digest};
    }
    return layerpool::itemOf(blobOf(index));
}

QModelIndex BlobModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!parent.isValid() && row >= 0 && std::size_t(row) < m_rows.blobs.size() && column == 0) {
        return createIndex(row, column, quintptr(0)); // a view asks for all of them at each reset
    }
    return hasIndex(row, column, parent)
               ? createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : 0)
               : QModelIndex();
}

QModelIndex BlobModel::parent(const QModelIndex &index) const
{
    return index.isValid() && !isBlob(index) ? createIndex(int(index.internalId()) - 1, 0, quintptr(0))
                                             : QModelIndex();
}

int BlobModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return int(m_rows.blobs.size());
    }
    return isBlob(parent) && parent.column() == 0 ? m_rows.users[std::size_t(parent.row())] : 0;
}

bool BlobModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

int BlobModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant BlobModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return blobAlignment(index.column());
    }
    return isBlob(index) ? blobData(blobAt(index.row()), index.column(), role)
                         : imageData(tagOf(index), index.column(), role);
}

QVariant BlobModel::blobData(const PoolUsage::Blob &blob, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == Name   ? blob.digest.shortHex()
               : column == Kind ? wordOf(blob)
               : column == Size ? formatBytes(blob.bytes)
                                : QLocale().toString(blob.users);
    case Qt::ToolTipRole:
        return column == Name   ? blob.digest.toString()
               : column == Size ? exactBytes(blob.bytes)
                                : tr("%n image(s) of this pool need it", nullptr, blob.users);
    case Qt::DecorationRole:
        return column == Name ? themedIcon(iconOf(blob.role)) : QVariant();
    case Qt::FontRole:
        return column == Name ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case DigestRole:
        return blob.digest.toString();
    default:
        return {};
    }
}

QVariant BlobModel::imageData(int tag, int column, int role) const
{
    const PoolTag &image = m_rows.index->tagAt(tag);
    const qint64 bytes = m_rows.index->usage().tag(tag).bytes;
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? image.toString() : column == Size ? formatBytes(bytes) : QString();
    case Qt::ToolTipRole:
        return column == Size ? exactBytes(bytes) : image.toString();
    case Qt::DecorationRole:
        return column == Name ? themedIcon(QStringLiteral("tag")) : QVariant();
    case ReferenceRole:
        return image.toString();
    case ImagesRole:
        return image.isReferrer() ? QString() : image.toString();
    case DigestRole:
        return image.digest.toString();
    default:
        return {};
    }
}

Qt::ItemFlags BlobModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList BlobModel::mimeTypes() const
{
    return {QStringLiteral("text/plain")};
}

QMimeData *BlobModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList names;
    for (const QModelIndex &index : indexes) {
        if (index.column() == Name) {
            names << index.data(isBlob(index) ? DigestRole : ReferenceRole).toString();
        }
    }
    names.removeDuplicates();
    auto *mime = new QMimeData; // the view's
    mime->setText(names.join(QLatin1Char('\n')) + QLatin1Char('\n'));
    return mime;
}

QVariant BlobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return blobAlignment(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Blob");
    case Kind:
        return tr("Kind");
    case Size:
        return tr("Size");
    case Images:
        return tr("Images", "how many need a blob");
    default:
        return {};
    }
}

} // namespace layerpool
