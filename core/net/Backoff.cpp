// SPDX-License-Identifier: Apache-2.0
#include "net/Backoff.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>
#include <QTimeZone>

#include <algorithm>

namespace layerpool {

std::chrono::milliseconds backOff(int attempt)
{
    const qint64 growing = std::min<qint64>(250LL << std::clamp(attempt, 0, 10), 24'000);
    return std::chrono::milliseconds(
        growing + QRandomGenerator::global()->bounded(static_cast<quint32>(growing / 4 + 1)));
}

std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse &response)
{
    const QByteArray value = response.header("Retry-After").trimmed();
    bool isNumber = false;
    if (const qint64 seconds = value.toLongLong(&isNumber); isNumber && seconds >= 0) {
        constexpr qint64 most = 1'000'000'000; // more is no time anyone waits for
        return std::chrono::seconds(std::min(seconds, most));
    }
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid()) {
        return std::nullopt;
    }
    date.setTimeSpec(Qt::UTC);
    return std::chrono::milliseconds(std::max<qint64>(0, QDateTime::currentDateTimeUtc().msecsTo(date)));
}

bool asksToWait(const HttpResponse &response)
{
    return response.status == 429 || (response.status == 503 && retryAfter(response));
}

} // namespace layerpool
