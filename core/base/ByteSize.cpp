// SPDX-License-Identifier: Apache-2.0
#include "base/ByteSize.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cmath>

namespace layerpool {
namespace {

struct NamedSize
{
    QLatin1String name;
    qint64 bytes;
};

// What a medium takes as one file: a disc keeps some for its own file system.
constexpr std::array kNamedSizes{
    NamedSize{QLatin1String("fat32"), 4'294'967'295},
    NamedSize{QLatin1String("dvd"), 4'690'000'000},
    NamedSize{QLatin1String("bluray"), 25'000'000'000},
};

} // namespace

std::optional<qint64> parseByteSize(QStringView text)
{
    for (const NamedSize &named : kNamedSizes) {
        if (text.compare(named.name, Qt::CaseInsensitive) == 0) {
            return named.bytes;
        }
    }
    int thousand = 1000;
    if (text.endsWith(u'i', Qt::CaseInsensitive)) {
        thousand = 1024;
        text.chop(1);
    }
    const qsizetype power =
        text.isEmpty() ? 0 : QStringView(u"KMGT").indexOf(text.back(), 0, Qt::CaseInsensitive) + 1;
    if (power > 0) {
        text.chop(1);
    } else if (thousand == 1024) {
        return std::nullopt;
    }
    // Digits and one point: no sign, no exponent, no blank.
    const bool isPlain =
        std::all_of(text.begin(), text.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; });
    bool isNumber = false;
    const double bytes = std::floor(text.toDouble(&isNumber) * std::pow(thousand, power));
    constexpr double most = 9e18;
    if (!isPlain || !isNumber || bytes < 1 || bytes > most) {
        return std::nullopt;
    }
    return static_cast<qint64>(bytes);
}

} // namespace layerpool
