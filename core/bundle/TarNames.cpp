// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarNames.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kBlock = 512;
constexpr qsizetype kNameBytes = 100;
constexpr qsizetype kSizeAt = 124;
constexpr qsizetype kSizeBytes = 12;
constexpr qsizetype kTypeAt = 156;
constexpr qsizetype kMagicAt = 257;

bool hasInnerNul(QByteArrayView field)
{
    const auto nul = std::find(field.begin(), field.end(), '\0');
    return std::any_of(nul, field.end(), [](char byte) { return byte != '\0'; });
}

// Of an extended header, which is short: base-256 is for what is long.
qsizetype sizeOf(QByteArrayView header)
{
    const QByteArray digits = header.sliced(kSizeAt, kSizeBytes).toByteArray();
    return std::max<qsizetype>(0, QByteArray(digits.constData()).trimmed().toLongLong(nullptr, 8));
}

bool isExtension(QByteArrayView headers)
{
    return QByteArrayView("xXgKL").contains(headers[kTypeAt]);
}

QByteArrayView bodyOf(QByteArrayView headers)
{
    return headers.sliced(kBlock, std::min(sizeOf(headers), headers.size() - kBlock));
}

// What follows the first header and its body.
QByteArrayView behind(QByteArrayView headers)
{
    const qsizetype whole = kBlock + (bodyOf(headers).size() + kBlock - 1) / kBlock * kBlock;
    return headers.sliced(std::min(headers.size(), whole));
}

// Its records are "LENGTH KEY=VALUE\n", the length with its own digits.
bool hasNulInPath(QByteArrayView records)
{
    while (!records.isEmpty()) {
        const qsizetype blank = records.indexOf(' ');
        const qint64 length = blank > 0 ? records.first(blank).toByteArray().toLongLong() : 0;
        if (blank <= 0 || length <= blank || length > records.size()) {
            return false; // whoever reads it as a header refuses it
        }
        const QByteArrayView record = records.sliced(blank + 1, length - blank - 1);
        if (record.startsWith("path=") && record.contains('\0')) {
            return true;
        }
        records = records.sliced(length);
    }
    return false;
}

} // namespace

bool hasNulInName(QByteArrayView headers)
{
    while (headers.size() >= kBlock) {
        if (hasInnerNul(headers.first(kNameBytes))) {
            return true;
        }
        if (!isExtension(headers)) {
            return false;
        }
        const QByteArrayView body = bodyOf(headers);
        if (headers[kTypeAt] == 'L' ? hasInnerNul(body) : hasNulInPath(body)) {
            return true;
        }
        headers = behind(headers);
    }
    return false;
}

QByteArray nameToShow(QByteArrayView headers)
{
    QByteArrayView longName;
    while (headers.size() >= kBlock && isExtension(headers)) {
        longName = headers[kTypeAt] == 'L' ? bodyOf(headers) : longName;
        headers = behind(headers);
    }
    const bool isHeader = headers.size() >= kBlock && headers.sliced(kMagicAt).startsWith("ustar");
    const QByteArrayView name = longName.isEmpty() && isHeader ? headers.first(kNameBytes) : longName;
    return name.first(std::find(name.begin(), name.end(), '\0') - name.begin()).toByteArray();
}

} // namespace layerpool
