// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarNames.h"

#include "base/Text.h"

#include <algorithm>
#include <optional>

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

struct Told
{
    int names = 0; ///< beside that of the entry's own header
    int sizes = 0;
    bool hasNul = false;   ///< within a name
    bool isSparse = false; ///< by a record that also names or sizes the entry for some programs
    bool isGarbled = false;
};

// "LENGTH KEY=VALUE\n", the length with its own digits.
std::optional<QByteArrayView> firstRecord(QByteArrayView records)
{
    constexpr qsizetype mostDigits = 9;
    const qsizetype blank = records.indexOf(' ');
    const bool isNumber =
        blank > 0 && blank <= mostDigits &&
        std::all_of(records.begin(), records.begin() + blank, [](char c) { return c >= '0' && c <= '9'; });
    const qsizetype length = isNumber ? records.first(blank).toByteArray().toLongLong() : 0;
    if (length <= blank + 1 || length > records.size() || records[length - 1] != '\n') {
        return std::nullopt;
    }
    return records.first(length);
}

void readRecords(QByteArrayView records, Told &told)
{
    while (!records.isEmpty()) {
        const std::optional<QByteArrayView> record = firstRecord(records);
        if (!record) {
            told.isGarbled = true;
            return;
        }
        const QByteArrayView text = record->sliced(record->indexOf(' ') + 1);
        if (text.startsWith("path=")) {
            ++told.names;
            told.hasNul |= text.contains('\0');
        } else if (text.startsWith("size=")) {
            ++told.sizes;
        } else if (text.startsWith("GNU.sparse.") || text.startsWith("SCHILY.realsize=")) {
            told.isSparse = true;
        }
        records = records.sliced(record->size());
    }
}

// Whether another header follows.
bool readHeader(QByteArrayView headers, Told &told)
{
    told.hasNul |= hasInnerNul(headers.first(kNameBytes));
    if (!isExtension(headers)) {
        return false;
    }
    const QByteArrayView body = bodyOf(headers);
    if (headers[kTypeAt] == 'L') {
        ++told.names;
        told.hasNul |= hasInnerNul(body);
    } else if (headers[kTypeAt] != 'K') {
        const int times =
            headers[kTypeAt] == 'g' ? 2 : 1; // some give it to all that follows, others to nothing
        Told here;
        readRecords(body, here);
        told.names += here.names * times;
        told.sizes += here.sizes * times;
        told.hasNul |= here.hasNul;
        told.isSparse |= here.isSparse;
        told.isGarbled |= here.isGarbled;
    }
    return true;
}

} // namespace

QString whyUnclear(QByteArrayView headers)
{
    Told told;
    while (headers.size() >= kBlock && readHeader(headers, told)) {
        headers = behind(headers);
    }
    if (told.hasNul) {
        return Text::tr("its name goes on after a NUL");
    }
    if (told.isSparse) {
        return Text::tr("it is a sparse file");
    }
    if (told.names > 1) {
        return Text::tr("it has more than one name");
    }
    if (told.sizes > 1) {
        return Text::tr("it has more than one size");
    }
    return told.isGarbled ? Text::tr("its extended header can't be read") : QString();
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
