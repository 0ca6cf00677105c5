// SPDX-License-Identifier: Apache-2.0
#include "models/LogModel.h"

#include "Icons.h"
#include "models/Roles.h"

#include <algorithm>

namespace layerpool {
namespace {

QString iconOf(LogLine::Level level)
{
    switch (level) {
    case LogLine::Level::Request:
        return QStringLiteral("push");
    case LogLine::Level::Event:
        return QStringLiteral("info");
    case LogLine::Level::Failure:
        break;
    }
    return QStringLiteral("warning");
}

QString cellOf(const LogLine &line, int column)
{
    switch (column) {
    case LogModel::Time:
        return line.time.toString(QStringLiteral("HH:mm:ss"));
    case LogModel::Level:
        return wordOf(line.level);
    case LogModel::TaskTitle:
        return line.task;
    default:
        return line.text;
    }
}

} // namespace

LogModel::LogModel(QObject *parent, std::size_t mostLines)
    : QAbstractTableModel(parent), m_mostLines(mostLines)
{
}

void LogModel::add(const std::vector<LogLine> &lines)
{
    if (lines.empty()) {
        return;
    }
    const std::size_t count = std::min(lines.size(), m_mostLines);
    const std::size_t all = m_lines.size() + count;
    if (all > m_mostLines) {
        const auto tooMany = std::ptrdiff_t(all - m_mostLines);
        beginRemoveRows({}, 0, int(tooMany) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + tooMany);
        m_gone += tooMany;
        endRemoveRows();
    }
    beginInsertRows({}, int(m_lines.size()), int(m_lines.size() + count) - 1);
    m_lines.insert(m_lines.end(), lines.end() - std::ptrdiff_t(count), lines.end());
    endInsertRows();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const LogLine &line = lineAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellOf(line, index.column());
    case Qt::ToolTipRole:
        return index.column() == Time ? line.time.toString(Qt::ISODateWithMs) : cellOf(line, index.column());
    case Qt::DecorationRole:
        return index.column() == Level ? themedIcon(iconOf(line.level)) : QVariant();
    case DetailsRole:
        return textOf(line);
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Level:
        return tr("Kind", "of a line of the log");
    case TaskTitle:
        return tr("Task");
    default:
        return tr("What happened");
    }
}

LogFilter::LogFilter(LogModel &lines, QObject *parent) : QAbstractTableModel(parent), m_lines(lines)
{
    connect(&lines, &LogModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { onInserted(first, last); });
    connect(&lines, &LogModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int, int last) { onGoing(last); });
    filterAnew();
}

void LogFilter::setText(const QString &text)
{
    m_text = text;
    filterAnew();
}

void LogFilter::setLevel(LogLine::Level least)
{
    m_least = least;
    filterAnew();
}

bool LogFilter::accepts(const LogLine &line) const
{
    return line.level >= m_least && (m_text.isEmpty() || line.text.contains(m_text, Qt::CaseInsensitive) ||
                                     line.task.contains(m_text, Qt::CaseInsensitive));
}

std::vector<qint64> LogFilter::acceptedOf(int first, int last) const
{
    std::vector<qint64> numbers;
    for (int row = first; row <= last; ++row) {
        if (accepts(m_lines.lineAt(row))) {
            numbers.push_back(m_lines.goneCount() + row);
        }
    }
    return numbers;
}

void LogFilter::filterAnew()
{
    beginResetModel();
    const std::vector<qint64> numbers = acceptedOf(0, m_lines.rowCount() - 1);
    m_numbers.assign(numbers.begin(), numbers.end());
    endResetModel();
}

void LogFilter::onInserted(int first, int last)
{
    const std::vector<qint64> numbers = acceptedOf(first, last);
    if (numbers.empty()) {
        return;
    }
    beginInsertRows({}, rowCount(), rowCount() + int(numbers.size()) - 1);
    m_numbers.insert(m_numbers.end(), numbers.begin(), numbers.end());
    endInsertRows();
}

// Those at the log's beginning go.
void LogFilter::onGoing(int last)
{
    const auto kept =
        std::upper_bound(m_numbers.begin(), m_numbers.end(), m_lines.goneCount() + qint64(last));
    if (kept != m_numbers.begin()) {
        beginRemoveRows({}, 0, int(kept - m_numbers.begin()) - 1);
        m_numbers.erase(m_numbers.begin(), kept);
        endRemoveRows();
    }
}

qint64 LogFilter::numberOf(const QModelIndex &index) const
{
    return index.isValid() ? m_numbers[std::size_t(index.row())] : -1;
}

QModelIndex LogFilter::indexOf(qint64 number) const
{
    const auto found = std::lower_bound(m_numbers.begin(), m_numbers.end(), number);
    return found != m_numbers.end() && *found == number ? index(int(found - m_numbers.begin()), 0)
                                                        : QModelIndex();
}

int LogFilter::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_numbers.size());
}

int LogFilter::columnCount(const QModelIndex &parent) const
{
    return m_lines.columnCount(parent);
}

QVariant LogFilter::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid)
               ? m_lines.data(m_lines.index(lineOf(index.row()), index.column()), role)
               : QVariant();
}

QVariant LogFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_lines.headerData(section, orientation, role);
}

QString LogFilter::text() const
{
    QString all;
    for (int row = 0; row < rowCount(); ++row) {
        all += textOf(m_lines.lineAt(lineOf(row))) + QLatin1Char('\n');
    }
    return all;
}

} // namespace layerpool
