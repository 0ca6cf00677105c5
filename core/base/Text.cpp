// SPDX-License-Identifier: Apache-2.0
#include "base/Text.h"

#include <cmath>

namespace layerpool {

QString formatBytes(qint64 bytes)
{
    const int decimals = bytes < 1000 ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString formatSpeed(double bytesPerSecond)
{
    return Text::tr("%1/s", "bytes per second, as in 84 MB/s").arg(formatBytes(std::llround(bytesPerSecond)));
}

QString formatDuration(double seconds)
{
    if (seconds < 9.95) { // what rounds to ten is whole already
        return Text::tr("%1 s", "seconds").arg(QLocale().toString(seconds, 'f', 1));
    }
    const qint64 whole = std::llround(seconds);
    if (whole < 60) {
        return Text::tr("%1 s", "seconds").arg(whole);
    }
    if (whole < 3600) {
        return Text::tr("%1 min %2 s", "minutes and seconds").arg(whole / 60).arg(whole % 60);
    }
    return Text::tr("%1 h %2 min", "hours and minutes").arg(whole / 3600).arg(whole % 3600 / 60);
}

} // namespace layerpool
