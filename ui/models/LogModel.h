// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/LogLine.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <deque>
#include <vector>

namespace layerpool {

/// The session's log, the oldest line first. The oldest go when there are too many.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, TaskTitle, What, ColumnCount };

    explicit LogModel(QObject *parent = nullptr, std::size_t mostLines = 50'000);

    void add(const std::vector<LogLine> &lines);
    const LogLine &lineAt(int row) const { return m_lines[std::size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::size_t m_mostLines;
    std::deque<LogLine> m_lines;
};

/// The lines of a level or above that hold a text.
class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LogFilter(LogModel &model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setLevel(LogLine::Level least);
    /// The lines, for a file.
    QString text() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    const LogModel &m_model;
    QString m_text;
    LogLine::Level m_least = LogLine::Level::Event;
};

} // namespace layerpool
