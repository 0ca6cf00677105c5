// SPDX-License-Identifier: Apache-2.0
#include "models/PoolModel.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Alignment.h"

#include <QFontDatabase>
#include <QMimeData>

namespace layerpool {
namespace {

int alignmentOf(int column)
{
    const bool isNumber =
        column == PoolModel::Size || column == PoolModel::Unique || column == PoolModel::Shared;
    return isNumber ? numberAlignment : textAlignment;
}

} // namespace

PoolModel::PoolModel(PoolTicks *ticks, QObject *parent) : PathModel(parent), m_ticks(ticks)
{
    if (m_ticks != nullptr) {
        connect(m_ticks, &PoolTicks::changed, this, &PoolModel::onTicksChanged);
    }
}

void PoolModel::setRows(PoolRows rows)
{
    beginResetModel();
    m_tree.reset(std::move(rows));
    endResetModel();
}

PoolKey PoolModel::keyOf(int column)
{
    switch (column) {
    case Size:
        return PoolKey::Size;
    case Unique:
        return PoolKey::Unique;
    case Shared:
        return PoolKey::Shared;
    case Created:
        return PoolKey::Created;
    case DigestColumn:
        return PoolKey::Digest;
    default:
        return PoolKey::Name;
    }
}

const PoolTree::Node &PoolModel::nodeOf(const QModelIndex &index) const
{
    return m_tree.at(int(index.internalId()));
}

QModelIndex PoolModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    const int first = parent.isValid() ? nodeOf(parent).firstChild : 0;
    return createIndex(row, column, quintptr(first + row));
}

QModelIndex PoolModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeOf(index).parent) : QModelIndex();
}

int PoolModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return m_tree.shownRepositories();
    }
    if (parent.column() != 0) {
        return 0;
    }
    return m_tree.populated(int(parent.internalId())).childCount;
}

int PoolModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool PoolModel::hasChildren(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return m_tree.shownRepositories() > 0;
    }
    if (parent.column() != 0) {
        return false;
    }
    return m_tree.hasChildren(nodeOf(parent)); // a tree asks this of all it shows
}

QString PoolModel::pathOf(const QModelIndex &index) const
{
    return index.isValid() ? m_tree.path(nodeOf(index)) : QString();
}

QModelIndex PoolModel::indexOf(const QString &path) const
{
    return indexOf(m_tree.find(path));
}

PoolItem PoolModel::itemOf(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    static constexpr std::array kinds{PoolItem::Kind::Repository, PoolItem::Kind::Image,
                                      PoolItem::Kind::Platform, PoolItem::Kind::Config,
                                      PoolItem::Kind::Layer};
    const PoolTree::Node &node = nodeOf(index);
    const Digest *digest = m_tree.digest(node);
    QString reference = m_tree.reference(node);
    for (QModelIndex above = index.parent(); reference.isEmpty() && above.isValid(); above = above.parent()) {
        reference = m_tree.reference(nodeOf(above));
    }
    return {kinds[std::size_t(node.kind)], reference, digest ? *digest : Digest()};
}

QModelIndex PoolModel::indexOf(int node) const
{
    return node < 0 ? QModelIndex() : createIndex(m_tree.at(node).row, 0, quintptr(node));
}

QString PoolModel::tagName(const PoolTag &tag) const
{
    const std::optional<ReferrerTag> referrer = ReferrerTag::parse(tag.tag);
    if (!referrer) {
        return tag.tag;
    }
    return tr("%1 of %2", "a signature, say, and the image's digest")
        .arg(wordOf(*referrer), referrer->subject.shortHex());
}

bool PoolModel::isReferrer(const PoolTree::Node &node) const
{
    return node.kind == PoolTree::Kind::Tag && m_tree.tag(node).isReferrer();
}

QString PoolModel::name(const PoolTree::Node &node) const
{
    QString name;
    switch (node.kind) {
    case PoolTree::Kind::Repository:
        return m_tree.repository(node).name.toString();
    case PoolTree::Kind::Tag:
        name = tagName(m_tree.tag(node));
        break;
    case PoolTree::Kind::Child:
        if (const std::optional<Platform> &platform = m_tree.platform(node)) {
            name = platform->isUnknown() ? tr("Attestation") : platform->toString();
        } else {
            name = tr("Manifest");
        }
        break;
    case PoolTree::Kind::Config:
        name = tr("Config");
        break;
    case PoolTree::Kind::Layer:
        name = tr("Layer %1").arg(node.part + 1);
        break;
    }
    if (m_tree.isAtVendor(node)) {
        return tr("%1 — at its vendor", "a layer that may not be carried").arg(name);
    }
    return m_tree.isMissing(node)
               ? tr("%1 — missing", "a tag, config or layer whose blob the pool lacks").arg(name)
               : name;
}

QString PoolModel::iconName(const PoolTree::Node &node) const
{
    if (m_tree.isMissing(node)) {
        return QStringLiteral("warning");
    }
    switch (node.kind) {
    case PoolTree::Kind::Repository:
        return QStringLiteral("repository");
    case PoolTree::Kind::Tag:
        return QStringLiteral("tag");
    case PoolTree::Kind::Child:
        return QStringLiteral("platform");
    case PoolTree::Kind::Config:
        return QStringLiteral("config");
    case PoolTree::Kind::Layer:
        break;
    }
    return QStringLiteral("layer");
}

QVariant PoolModel::display(const PoolTree::Node &node, int column) const
{
    if (column != Name && !m_tree.isWhole()) {
        return column == Size || column == Unique || column == Created ? tr("…", "not known yet") : QString();
    }
    switch (column) {
    case Name:
        return name(node);
    case Size:
        return formatBytes(m_tree.bytes(node));
    case Unique: // a platform alone can't be removed
        return node.kind == PoolTree::Kind::Child ? QString() : formatBytes(m_tree.uniqueBytes(node));
    case Created:
        return QLocale().toString(m_tree.created(node).toLocalTime().date(), QLocale::ShortFormat);
    case DigestColumn:
        return m_tree.digest(node) ? m_tree.digest(node)->shortHex() : QString();
    case Shared: {
        const int users = m_tree.users(node);
        return users > 1 ? QStringLiteral("×%1").arg(users) : QString();
    }
    default:
        return {};
    }
}

QVariant PoolModel::toolTip(const PoolTree::Node &node, int column) const
{
    if (!m_tree.isWhole()) {
        return tr("The pool is still being read. Sizes come, and images can be ticked, when that is done.");
    }
    switch (column) {
    case Name:
        return node.kind == PoolTree::Kind::Repository
                   ? tr("%n image(s)", nullptr, m_tree.repository(node).images())
               : isReferrer(node) ? m_tree.tag(node).tag
                                  : name(node);
    case Size:
        return exactBytes(m_tree.bytes(node));
    case Unique:
        return node.kind == PoolTree::Kind::Child
                   ? QString()
                   : tr("%1 bytes that nothing else in the pool needs: removing it would free them")
                         .arg(QLocale().toString(m_tree.uniqueBytes(node)));
    case Created:
        return QLocale().toString(m_tree.created(node).toLocalTime(), QLocale::LongFormat);
    case DigestColumn:
        return m_tree.digest(node) ? m_tree.digest(node)->toString() : QString();
    case Shared:
        return sharedTip(node);
    default:
        return {};
    }
}

QString PoolModel::sharedTip(const PoolTree::Node &node) const
{
    const int users = m_tree.users(node);
    if (users < 2) {
        return {};
    }
    return node.kind >= PoolTree::Kind::Config
               ? tr("%n image(s) of this pool need it", nullptr, users)
               : tr("%n image(s) of this pool need the part of it that is shared most", nullptr, users);
}

QVariant PoolModel::checkState(const PoolTree::Node &node) const
{
    if (m_ticks == nullptr) {
        return {};
    }
    switch (node.kind) {
    case PoolTree::Kind::Repository:
        return shownState(node);
    case PoolTree::Kind::Tag:
        return isReferrer(node)                      ? QVariant()
               : m_ticks->isTicked(m_tree.tag(node)) ? QVariant(Qt::Checked)
                                                     : QVariant(Qt::Unchecked);
    case PoolTree::Kind::Child:
    case PoolTree::Kind::Config:
    case PoolTree::Kind::Layer:
        break;
    }
    return {};
}

// As a click would have it: what a filter hides is not meant.
Qt::CheckState PoolModel::shownState(const PoolTree::Node &repository) const
{
    const Qt::CheckState whole = m_ticks->stateOf(m_tree.repository(repository));
    if (whole != Qt::PartiallyChecked ||
        repository.childCount == int(m_tree.repository(repository).tags.size())) {
        return whole;
    }
    const PoolTree::Node shown = m_tree.populated(repository.row); // a copy: rows are made meanwhile
    int images = 0;
    int ticked = 0;
    for (int node = shown.firstChild; node < shown.firstChild + shown.childCount; ++node) {
        images += int(!isReferrer(m_tree.at(node)));
        ticked += int(m_ticks->isTicked(m_tree.tag(m_tree.at(node))));
    }
    return ticked == 0 ? Qt::Unchecked : ticked == images ? Qt::Checked : Qt::PartiallyChecked;
}

QVariant PoolModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const PoolTree::Node &node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return display(node, index.column());
    case Qt::ToolTipRole:
        return toolTip(node, index.column());
    case Qt::DecorationRole:
        return index.column() == Name ? themedIcon(iconName(node)) : QVariant();
    case Qt::CheckStateRole:
        return index.column() == Name ? checkState(node) : QVariant();
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::FontRole:
        return index.column() == DigestColumn ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                              : QVariant();
    case ReferenceRole:
        return m_tree.reference(node);
    case ImagesRole:
        return images(index).join(QLatin1Char('\n'));
    case DigestRole:
        return m_tree.digest(node) ? m_tree.digest(node)->toString() : QString();
    default:
        return {};
    }
}

QStringList PoolModel::images(const QModelIndex &index) const
{
    const PoolTree::Node &node = nodeOf(index);
    switch (node.kind) {
    case PoolTree::Kind::Repository: {
        QStringList tags;
        for (const int tag : m_tree.rows().tagsOf(node.repository)) {
            if (const PoolTag &each = m_tree.repository(node).tags[std::size_t(tag)]; !each.isReferrer()) {
                tags << each.toString();
            }
        }
        return tags;
    }
    case PoolTree::Kind::Tag:
        return isReferrer(node) ? QStringList() : QStringList{m_tree.reference(node)};
    case PoolTree::Kind::Child:
        return {m_tree.repository(node).name.toString() + QLatin1Char('@') + m_tree.digest(node)->toString()};
    case PoolTree::Kind::Config:
    case PoolTree::Kind::Layer:
        break;
    }
    return {}; // a part alone is no image
}

QStringList PoolModel::mimeTypes() const
{
    return {QStringLiteral("text/plain")};
}

QMimeData *PoolModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList names;
    bool isTicked = false;
    for (const QModelIndex &index : indexes) {
        if (index.column() != Name) {
            continue;
        }
        const QStringList images = this->images(index);
        names += images.isEmpty() ? QStringList{index.data(DigestRole).toString()} : images;
        isTicked = isTicked || index.data(Qt::CheckStateRole).toInt() != Qt::Unchecked;
    }
    if (isTicked) {
        names.clear();
        for (const PoolTag &tag : tagsIn(*m_tree.rows().index, m_ticks->tags())) {
            names << tag.toString();
        }
    }
    names.removeDuplicates();
    auto *mime = new QMimeData; // the view's
    mime->setText(names.join(QLatin1Char('\n')) + QLatin1Char('\n'));
    return mime;
}

bool PoolModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable)) {
        return false;
    }
    tick({index}, value.toInt() == Qt::Checked);
    return true;
}

void PoolModel::tick(const QModelIndexList &rows, bool areTicked)
{
    std::vector<const PoolTag *> tags;
    for (const QModelIndex &row : rows) {
        if (!(flags(row) & Qt::ItemIsUserCheckable)) {
            continue;
        }
        const PoolTree::Node node = nodeOf(row);
        if (node.kind == PoolTree::Kind::Tag) {
            tags.push_back(&m_tree.tag(node));
        } else if (m_tree.rows().query.text.isEmpty()) {
            for (const PoolTag &tag : m_tree.repository(node).tags) {
                tags.push_back(&tag);
            }
        } else { // what a filter hides is not meant
            for (int child = 0; child < rowCount(row); ++child) {
                tags.push_back(&m_tree.tag(nodeOf(index(child, 0, row))));
            }
        }
    }
    if (!tags.empty()) {
        m_ticks->set(tags, areTicked);
    }
}

void PoolModel::onTicksChanged()
{
    if (m_tree.shownRepositories() > 0) {
        // Views repaint what they show; rows that were never made have nothing to tell.
        Q_EMIT dataChanged(index(0, 0), index(m_tree.shownRepositories() - 1, 0), {Qt::CheckStateRole});
    }
    for (int i = 0; i < m_tree.shownRepositories(); ++i) {
        const PoolTree::Node &node = m_tree.at(i);
        if (node.isPopulated && node.childCount > 0) {
            const QModelIndex repository = index(i, 0);
            Q_EMIT dataChanged(index(0, 0, repository), index(node.childCount - 1, 0, repository),
                               {Qt::CheckStateRole});
        }
    }
}

Qt::ItemFlags PoolModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid()) {
        flags |= Qt::ItemIsDragEnabled;
    }
    if (m_ticks != nullptr && index.isValid() && index.column() == Name && m_tree.isWhole() &&
        nodeOf(index).kind <= PoolTree::Kind::Tag && !isReferrer(nodeOf(index))) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

QVariant PoolModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Size:
        return tr("Size");
    case Unique:
        return tr("Unique", "bytes that nothing else needs");
    case Created:
        return tr("Created", "when an image was made");
    case DigestColumn:
        return tr("Digest");
    case Shared:
        return tr("Shared", "how many images need a part");
    default:
        return {};
    }
}

} // namespace layerpool
