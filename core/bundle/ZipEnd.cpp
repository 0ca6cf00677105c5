// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipEnd.h"

#include <QtEndian>

namespace layerpool {
namespace {

constexpr qint64 kEndRecord = 22;
constexpr qint64 kLocator = 20;
constexpr qint64 kEndRecord64 = 56;
constexpr quint32 kZipEndMark = 0x06054b50;
constexpr quint32 kLocatorMark = 0x07064b50;
constexpr quint32 kZipEndMark64 = 0x06064b50;

Result<QByteArray> bytesAt(BundleBytes &bytes, qint64 position, qint64 count)
{
    if (position < 0) {
        return QByteArray();
    }
    QByteArray part(count, '\0');
    bytes.seek(position);
    const Result<qint64> read = bytes.read(part.data(), count);
    return read ? Result<QByteArray>(part.first(*read)) : read.error();
}

template <typename Number>
Number numberAt(const QByteArray &record, qsizetype offset)
{
    return offset + qsizetype(sizeof(Number)) <= record.size()
               ? qFromLittleEndian<Number>(record.constData() + offset)
               : Number(0);
}

std::optional<ZipEnd> checked(quint64 directory, quint64 size, quint64 entries, qint64 end)
{
    const auto limit = static_cast<quint64>(end);
    if (directory > limit || size > limit || directory + size != limit || entries > limit) {
        return std::nullopt;
    }
    return ZipEnd{static_cast<qint64>(directory), end, static_cast<qint64>(entries)};
}

} // namespace

Result<std::optional<ZipEnd>> ZipEnd::find(BundleBytes &bytes)
{
    const qint64 at = bytes.size() - kEndRecord;
    const Result<QByteArray> end = bytesAt(bytes, at, kEndRecord);
    const Result<QByteArray> locator = bytesAt(bytes, at - kLocator, kLocator);
    if (!end || !locator) {
        return end ? locator.error() : end.error();
    }
    const bool isEnd = numberAt<quint32>(*end, 0) == kZipEndMark && numberAt<quint16>(*end, 20) == 0;
    if (!isEnd) {
        return std::optional<ZipEnd>();
    }
    if (numberAt<quint32>(*locator, 0) != kLocatorMark) {
        return checked(numberAt<quint32>(*end, 16), numberAt<quint32>(*end, 12), numberAt<quint16>(*end, 10),
                       at);
    }
    const qint64 recordAt = at - kLocator - kEndRecord64;
    const Result<QByteArray> record = bytesAt(bytes, recordAt, kEndRecord64);
    if (!record) {
        return record.error();
    }
    const bool isNamed = numberAt<quint64>(*locator, 8) == static_cast<quint64>(recordAt);
    if (!isNamed || numberAt<quint32>(*record, 0) != kZipEndMark64) {
        return std::optional<ZipEnd>();
    }
    return checked(numberAt<quint64>(*record, 48), numberAt<quint64>(*record, 40),
                   numberAt<quint64>(*record, 32), recordAt);
}

} // namespace layerpool
