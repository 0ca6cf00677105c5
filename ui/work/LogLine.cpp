// SPDX-License-Identifier: Apache-2.0
#include "work/LogLine.h"

#include "base/Text.h"

namespace layerpool {

QString wordOf(LogLine::Level level)
{
    switch (level) {
    case LogLine::Level::Request:
        return Text::tr("Request", "a line of the log");
    case LogLine::Level::Event:
        return Text::tr("Event", "a line of the log");
    case LogLine::Level::Failure:
        break;
    }
    return Text::tr("Failure", "a line of the log");
}

QString textOf(const LogLine &line)
{
    QStringList parts{line.time.toUTC().toString(Qt::ISODateWithMs), wordOf(line.level)};
    if (!line.task.isEmpty()) {
        parts << line.task;
    }
    return (parts << line.text).join(QLatin1Char('\t'));
}

} // namespace layerpool
