// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/LogLine.h"

#include <QAbstractTableModel>

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
    /// How many lines have gone: a line's row and this make a number that stays.
    qint64 goneCount() const { return m_gone; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::size_t m_mostLines;
    std::deque<LogLine> m_lines;
    qint64 m_gone = 0;
};

/// The lines of a level or above that hold a text. Another filter makes its rows anew, all at once: a log may
/// have tens of thousands of lines.
class LogFilter final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The lines must outlive it.
    explicit LogFilter(LogModel &lines, QObject *parent = nullptr);

    void setText(const QString &text);
    void setLevel(LogLine::Level least);
    /// The lines, for a file.
    QString text() const;

    /// What a row is known by whatever the filter is; -1 for none.
    qint64 numberOf(const QModelIndex &index) const;
    /// Invalid where it is not shown.
    QModelIndex indexOf(qint64 number) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool accepts(const LogLine &line) const;
    void filterAnew();
    void onInserted(int first, int last);
    void onGoing(int last);
    int lineOf(int row) const { return int(m_numbers[std::size_t(row)] - m_lines.goneCount()); }
    /// Those that are shown, from a row of the log to another.
    std::vector<qint64> acceptedOf(int first, int last) const;

    LogModel &m_lines;
    QString m_text;
    LogLine::Level m_least = LogLine::Level::Event;
    std::deque<qint64> m_numbers; ///< of the lines that are shown
};

} // namespace layerpool
