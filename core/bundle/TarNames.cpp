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

// Its records are "LENGTH KEY=VALUE\n", the length with its own digits.
bool hasNulInPath(QByteArrayView records)
{
    while (!records.isEmpty()) {
        const qsizetype blank = records.indexOf(' ');
        const qsizetype length = blank > 0 ? records.first(blank).toByteArray().toLongLong() : 0;
        if (length <= blank || length > records.size()) {
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
        const char type = headers[kTypeAt];
        const bool isExtension = QByteArrayView("xXgKL").contains(type);
        if (hasInnerNul(headers.first(kNameBytes))) {
            return true;
        }
        if (!isExtension) {
            return false;
        }
        const qsizetype size = std::min(sizeOf(headers), headers.size() - kBlock);
        const QByteArrayView body = headers.sliced(kBlock, size);
        if (type == 'L' ? hasInnerNul(body) : hasNulInPath(body)) {
            return true;
        }
        headers = headers.sliced(std::min(headers.size(), kBlock + (size + kBlock - 1) / kBlock * kBlock));
    }
    return false;
}

} // namespace layerpool
