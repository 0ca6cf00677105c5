// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace layerpool {

/// One line of the session's log.
struct LogLine
{
    enum class Level { Request, Event, Failure };

    QDateTime time;
    Level level = Level::Event;
    QString task; ///< its title; empty where it is of none
    QString text;
};

/// "Failure".
QString wordOf(LogLine::Level level);
/// As a line of a file, with the time in UTC.
QString textOf(const LogLine &line);

} // namespace layerpool
