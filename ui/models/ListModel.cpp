// SPDX-License-Identifier: Apache-2.0
#include "models/ListModel.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "models/Alignment.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <numeric>

namespace layerpool {
namespace {

bool isNumber(int column)
{
    return column == ListModel::Size || column == ListModel::Parts;
}

int lineAlignment(int column)
{
    return isNumber(column) ? numberAlignment : textAlignment;
}

QVariant fontOf(LineState::Kind kind)
{
    if (kind != LineState::Kind::Comment) {
        return {};
    }
    QFont italic = QGuiApplication::font();
    italic.setItalic(true);
    return italic;
}

QVariant iconOf(LineState::Kind kind)
{
    const QString name = lineStateIcon(kind);
    return name.isEmpty() ? QVariant() : themedIcon(name);
}

QVariant imageMark(const ListRow &row, int column)
{
    const bool isMarked = column == ListModel::Image && row.isOfficial();
    return isMarked ? themedIcon(QStringLiteral("official")) : QVariant();
}

QVariant colourOf(LineState::Kind kind)
{
    return kind == LineState::Kind::Comment ? QGuiApplication::palette().brush(QPalette::PlaceholderText)
                                            : QVariant();
}

} // namespace

LineKey ListModel::keyOf(int column)
{
    switch (column) {
    case State:
        return LineKey::State;
    case Image:
        return LineKey::Image;
    case Note:
        return LineKey::Note;
    case Parts:
        return LineKey::Parts;
    case Size:
        return LineKey::Size;
    default:
        return LineKey::Position;
    }
}

void ListModel::setDocument(ListDocument *document)
{
    beginResetModel();
    if (m_document) {
        m_document->disconnect(this);
    }
    m_document = document;
    m_lines.resize(document ? std::size_t(document->rows().size()) : 0);
    std::iota(m_lines.begin(), m_lines.end(), 0);
    endResetModel();
    if (!document) {
        return;
    }
    connect(document, &ListDocument::aboutToSplice, this, [this](int at, int removed, int inserted) {
        const int stay = std::min(removed, inserted); // the same rows, with other texts
        hideLines(at + stay, removed - stay);
    });
    connect(document, &ListDocument::spliced, this, &ListModel::onSpliced);
    connect(document, &ListDocument::statesChanged, this, [this] {
        if (!m_lines.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
    });
}

void ListModel::showAll()
{
    std::vector<int> all(m_document ? std::size_t(m_document->rows().size()) : 0);
    std::iota(all.begin(), all.end(), 0);
    show(std::move(all));
}

void ListModel::show(std::vector<int> lines)
{
    if (lines == m_lines) {
        return;
    }
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int ListModel::rowOf(int line) const
{
    if (line >= 0 && line < rowCount() && lineAt(line) == line) {
        return line; // as it is where all are shown
    }
    const auto found = std::find(m_lines.begin(), m_lines.end(), line);
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

// Before the document changes: the rows go one stretch after the other, the last one first.
void ListModel::hideLines(int at, int count)
{
    const auto isGoing = [=](int line) { return line >= at && line < at + count; };
    for (int end = rowCount(); end > 0 && count > 0;) {
        if (!isGoing(lineAt(end - 1))) {
            --end;
            continue;
        }
        int begin = end - 1;
        while (begin > 0 && isGoing(lineAt(begin - 1))) {
            --begin;
        }
        beginRemoveRows({}, begin, end - 1);
        m_lines.erase(m_lines.begin() + begin, m_lines.begin() + end);
        endRemoveRows();
        end = begin;
    }
}

// After it: the lines behind have other numbers, and then there may be new ones.
void ListModel::onSpliced(int at, int removed, int inserted)
{
    for (int &line : m_lines) {
        if (line >= at + removed) {
            line += inserted - removed;
        }
    }
    const int stay = std::min(removed, inserted);
    tellChanged(at, stay);
    insertLines(at + stay, inserted - stay);
    if (inserted != removed && !m_lines.empty()) {
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    }
}

void ListModel::insertLines(int at, int count)
{
    if (count <= 0) {
        return;
    }
    const int before = rowOf(at - 1);
    const int row = before >= 0 ? before + 1 : at == 0 ? 0 : rowCount();
    std::vector<int> lines(std::size_t(count), 0);
    std::iota(lines.begin(), lines.end(), at);
    beginInsertRows({}, row, row + count - 1);
    m_lines.insert(m_lines.begin() + row, lines.begin(), lines.end());
    endInsertRows();
}

void ListModel::tellChanged(int firstLine, int count)
{
    for (int line = firstLine; line < firstLine + count; ++line) {
        if (const int row = rowOf(line); row >= 0) {
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

int ListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_document ? 0 : int(m_lines.size());
}

int ListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags ListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == Image ? flags | Qt::ItemIsEditable : flags;
}

bool ListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        index.column() != Image) {
        return false;
    }
    m_document->setText(lineAt(index.row()), value.toString());
    return true;
}

QVariant ListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const int line = lineAt(index.row());
    const ListRow &row = m_document->rows()[line];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, line, index.column());
    case Qt::EditRole:
        return index.column() == Image ? m_document->text().lines()[line].text : QVariant();
    case Qt::ToolTipRole:
        return toolTip(row, line, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == State ? QVariant(spokenState(row.state)) : QVariant();
    case Qt::AccessibleDescriptionRole: // where its column has no room, too
        return index.column() == Image ? QVariant(row.note()) : QVariant();
    case Qt::DecorationRole:
        return index.column() == State ? iconOf(row.state.kind) : imageMark(row, index.column());
    case Qt::TextAlignmentRole:
        return lineAlignment(index.column());
    case Qt::FontRole:
        return fontOf(row.state.kind);
    case Qt::ForegroundRole:
        return colourOf(row.state.kind);
    case ReferenceRole:
        return row.line.text;
    case DigestRole:
        return row.state.digest.isNull() ? QString() : row.state.digest.toString();
    default:
        return {};
    }
}

QString ListModel::stateText(const LineState &state) const
{
    switch (state.kind) {
    case LineState::Kind::Comment:
    case LineState::Kind::Blank:
        return {};
    case LineState::Kind::Unknown:
        return m_document->hasPool() ? tr("…", "an image's state that is being found out")
                                     : lineStateWord(state.kind);
    default:
        break;
    }
    return state.tags > 0 && state.kind == LineState::Kind::Here
               ? tr("%n tag(s)", "in the pool, that match a pattern; a narrow column", state.tags)
               : lineStateWord(state.kind);
}

// What a mark or a sign says is said in words.
QString ListModel::spokenState(const LineState &state) const
{
    const QString word = lineStateWord(state.kind);
    const QString shown = stateText(state);
    if (state.kind == LineState::Kind::Unknown && m_document->hasPool()) {
        return tr("Being compared", "a list's line with the pool");
    }
    return shown.isEmpty() || shown == word ? word : tr("%1, %2", "In pool, 3 tag(s)").arg(word, shown);
}

QString ListModel::text(const ListRow &row, int line, int column) const
{
    const LineState &state = row.state;
    switch (column) {
    case State:
        return stateText(state);
    case Image:
        return row.line.text.isEmpty() ? m_document->text().lines()[line].text.trimmed() : row.line.text;
    case Parts:
        return state.partsTotal == 0 ? QString() : tr("%1 of %2").arg(state.partsHere).arg(state.partsTotal);
    case Size:
        return state.partsTotal == 0 ? QString() : formatBytes(state.bytes);
    case Note:
        return row.note();
    default:
        return {};
    }
}

QString ListModel::toolTip(const ListRow &row, int line, int column) const
{
    if (column == Size && row.state.partsTotal > 0) {
        return exactBytes(row.state.bytes);
    }
    QStringList parts{text(row, line, Image), tr("line %1").arg(line + 1), row.note()};
    if (!row.state.digest.isNull()) {
        parts << row.state.digest.toString();
    }
    if (row.state.kind == LineState::Kind::Moved) {
        parts << tr("at %1: %2", "a registry, a digest")
                     .arg(row.state.finding->host, row.state.finding->now.toString());
    }
    parts.removeAll(QString());
    return parts.join(QLatin1Char('\n'));
}

QVariant ListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        const bool isNumberWanted = role == Qt::DisplayRole && section < rowCount();
        return isNumberWanted ? QVariant(lineAt(section) + 1) : QVariant();
    }
    if (role == Qt::TextAlignmentRole) {
        return lineAlignment(section);
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
