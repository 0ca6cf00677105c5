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

LogFilter::LogFilter(LogModel &model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(&model);
}

void LogFilter::setText(const QString &text)
{
    m_text = text;
    invalidateFilter();
}

void LogFilter::setLevel(LogLine::Level least)
{
    m_least = least;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const LogLine &line = m_model.lineAt(row);
    return line.level >= m_least && (m_text.isEmpty() || line.text.contains(m_text, Qt::CaseInsensitive) ||
                                     line.task.contains(m_text, Qt::CaseInsensitive));
}

QString LogFilter::text() const
{
    QString all;
    for (int row = 0; row < rowCount(); ++row) {
        all += textOf(m_model.lineAt(mapToSource(index(row, 0)).row())) + QLatin1Char('\n');
    }
    return all;
}

} // namespace layerpool
