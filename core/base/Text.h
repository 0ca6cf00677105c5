// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QLocale>

namespace layerpool {

/// Where code that is no QObject translates what a user reads: `Text::tr("…")`.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(layerpool::Text)
};

/// "1.4 GB": powers of 1000 and one decimal, in the user's locale. The one way sizes are printed.
QString formatBytes(qint64 bytes);

/// "84.2 MB/s".
QString formatSpeed(double bytesPerSecond);

/// "12 s", "3 min 5 s", "1 h 20 min". Seconds below ten keep one decimal.
QString formatDuration(double seconds);

} // namespace layerpool
