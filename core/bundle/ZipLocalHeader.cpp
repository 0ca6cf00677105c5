// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipLocalHeader.h"

#include <QtEndian>

namespace layerpool {
namespace {

constexpr qint64 kFixedPart = 30;
constexpr quint16 kZip64Field = 1;
constexpr quint64 kInZip64Field = 0xffffffff;
constexpr char kDescriptorMark[] = "PK\x07\x08";

template <typename Number>
Number littleAt(const QByteArray &bytes, qsizetype offset)
{
    return offset + qsizetype(sizeof(Number)) <= bytes.size()
               ? qFromLittleEndian<Number>(bytes.constData() + offset)
               : Number(0);
}

template <typename Number>
void append(QByteArray &bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
}

// Sizes that have no room in the header, in their order.
void readZip64(const QByteArray &extra, ZipLocalHeader &header)
{
    for (qsizetype at = 0; at + 4 <= extra.size(); at += 4 + littleAt<quint16>(extra, at + 2)) {
        if (littleAt<quint16>(extra, at) != kZip64Field) {
            continue;
        }
        qsizetype field = at + 4;
        for (quint64 *size : {&header.plain, &header.packed}) {
            if (*size == kInZip64Field) {
                *size = littleAt<quint64>(extra, field);
                field += 8;
            }
        }
        return;
    }
}

} // namespace

Result<ZipLocalHeader> ZipLocalHeader::read(BundleBytes &bytes, qint64 position, qint64 nameBytes,
                                            qint64 extraBytes)
{
    QByteArray raw(kFixedPart + nameBytes + extraBytes, '\0');
    const qint64 place = bytes.position();
    bytes.seek(std::max<qint64>(0, position));
    const Result<qint64> count = bytes.read(raw.data(), raw.size());
    bytes.seek(place);
    if (!count) {
        return count.error();
    }
    ZipLocalHeader header{littleAt<quint16>(raw, 6),  littleAt<quint16>(raw, 8),
                          littleAt<quint32>(raw, 14), littleAt<quint32>(raw, 18),
                          littleAt<quint32>(raw, 22), raw.sliced(kFixedPart, nameBytes)};
    readZip64(raw.sliced(kFixedPart + nameBytes), header);
    return header;
}

QByteArray zipDescriptor(quint32 crc, quint64 packed, quint64 plain, qint64 bytes)
{
    QByteArray descriptor;
    if (bytes == 16 || bytes == 24) {
        descriptor += QByteArrayView(kDescriptorMark, 4);
    }
    append(descriptor, crc);
    if (bytes >= 20) {
        append(descriptor, packed);
        append(descriptor, plain);
    } else {
        append(descriptor, static_cast<quint32>(packed));
        append(descriptor, static_cast<quint32>(plain));
    }
    return descriptor.size() == bytes ? descriptor : QByteArray();
}

} // namespace layerpool
