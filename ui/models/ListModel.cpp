// SPDX-License-Identifier: Apache-2.0
#include "models/ListModel.h"

#include "Icons.h"
#include "base/Text.h"

namespace layerpool {
namespace {

bool isOfficial(const ImageReference &reference)
{
    return reference.registry.isEmpty() && reference.repository.hasOnePart();
}

} // namespace

void ListModel::setDocument(ListDocument *document)
{
    beginResetModel();
    if (m_document) {
        m_document->disconnect(this);
    }
    m_document = document;
    endResetModel();
    if (!document) {
        return;
    }
    connect(document, &ListDocument::statesChanged, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
    });
}

int ListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_document ? 0 : int(m_document->states().size());
}

int ListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ListLine &line = m_document->list()->lines()[std::size_t(index.row())];
    const LineState &state = m_document->states()[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(line, state, index.column());
    case Qt::ToolTipRole:
        return toolTip(line, state, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? themedIcon(lineStateIcon(state.kind)) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Size || index.column() == Parts ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                 : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return sortKey(index);
    case ReferenceRole:
        return line.text;
    case DigestRole:
        return state.digest.isNull() ? QString() : state.digest.toString();
    default:
        return {};
    }
}

QVariant ListModel::text(const ListLine &line, const LineState &state, int column) const
{
    switch (column) {
    case State:
        return state.tags > 0
                   ? tr("%n tag(s)", "in the pool, that match a pattern; a narrow column", state.tags)
                   : lineStateWord(state.kind);
    case Image:
        return line.text;
    case Parts:
        return state.partsTotal == 0 ? QString() : tr("%1 of %2").arg(state.partsHere).arg(state.partsTotal);
    case Size:
        return state.partsTotal == 0 ? QString() : formatBytes(state.bytes);
    case Note:
        return noteOf(line);
    default:
        return {};
    }
}

QString ListModel::noteOf(const ListLine &line) const
{
    if (line.kind != ListLine::Kind::Image) {
        return tr("line %1: %2", "a line's number, and what is wrong with it")
            .arg(line.number)
            .arg(line.problem);
    }
    if (line.reference.isTagImplied) {
        return tr("no tag written: latest");
    }
    if (line.reference.pattern) {
        return tr("tag pattern", "what a line as nginx:1.2* stands for");
    }
    return isOfficial(line.reference) ? tr("official image") : QString();
}

QVariant ListModel::sortKey(const QModelIndex &index) const
{
    const LineState &state = m_document->states()[std::size_t(index.row())];
    switch (index.column()) {
    case State:
        return int(state.kind);
    case Parts:
        return state.partsTotal == 0 ? -1.0 : double(state.partsHere) / state.partsTotal;
    case Size:
        return state.bytes;
    default:
        return data(index, Qt::DisplayRole);
    }
}

QString ListModel::toolTip(const ListLine &line, const LineState &state, int column) const
{
    if (column == Size && state.partsTotal > 0) {
        return tr("%1 bytes").arg(QLocale().toString(state.bytes));
    }
    const QString where = tr("%1, line %2").arg(line.file).arg(line.number);
    QStringList parts{line.text, where};
    if (!line.problem.isEmpty()) {
        parts.append(line.problem);
    }
    if (!state.digest.isNull()) {
        parts.append(state.digest.toString());
    }
    return parts.join(QLatin1Char('\n'));
}

QVariant ListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == Size || section == Parts ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                   : int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case State:
        return tr("State");
    case Image:
        return tr("Image");
    case Parts:
        return tr("Parts", "manifests, configs and layers of an image that the pool has: 3 of 5");
    case Size:
        return tr("Size");
    case Note:
        return tr("Note");
    default:
        return {};
    }
}

} // namespace layerpool
