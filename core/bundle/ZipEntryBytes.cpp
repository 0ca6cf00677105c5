// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipEntryBytes.h"

#include "base/Text.h"

#include <zlib.h>

namespace layerpool {
namespace {

constexpr qsizetype kZipPiece = 256 * 1024;

Error badEntry(const QString &why)
{
    return {ErrorKind::BadInput, {}, why, {}};
}

} // namespace

ZipEntryBytes::ZipEntryBytes(Sizes sizes, Source source)
    : m_sizes(sizes), m_source(std::move(source)), m_piece(kZipPiece, Qt::Uninitialized)
{
    if (!sizes.isStored) {
        m_packed.resize(kZipPiece);
        m_stream = std::make_unique<z_stream_s>();
        *m_stream = {};
        m_isAtEnd = inflateInit2(m_stream.get(), -MAX_WBITS) != Z_OK;
    }
}

ZipEntryBytes::~ZipEntryBytes()
{
    if (m_stream) {
        inflateEnd(m_stream.get());
    }
}

Result<QByteArrayView> ZipEntryBytes::next()
{
    const Result<qint64> count = m_stream ? inflateSome() : m_source(m_piece.data(), m_piece.size());
    if (!count) {
        return count.error();
    }
    m_taken += m_stream ? 0 : *count;
    m_given += *count;
    if (m_given > m_sizes.plain) {
        return badEntry(Text::tr("it holds more bytes than it says"));
    }
    if (*count == 0) {
        return end();
    }
    m_crc = static_cast<quint32>(
        crc32_z(m_crc, reinterpret_cast<const Bytef *>(m_piece.constData()), static_cast<z_size_t>(*count)));
    return QByteArrayView(m_piece.constData(), *count);
}

// Both sizes and the sum: what is packed behind an entry's end would be another reader's entry.
Result<QByteArrayView> ZipEntryBytes::end()
{
    if (m_given != m_sizes.plain || m_taken != m_sizes.packed) {
        return badEntry(Text::tr("it has not as many bytes as it says"));
    }
    return m_crc == m_sizes.crc ? Result<QByteArrayView>(QByteArrayView())
                                : badEntry(Text::tr("its checksum is wrong"));
}

Result<qint64> ZipEntryBytes::inflateSome()
{
    z_stream &stream = *m_stream;
    stream.next_out = reinterpret_cast<Bytef *>(m_piece.data());
    stream.avail_out = static_cast<uInt>(m_piece.size());
    while (!m_isAtEnd && stream.avail_out > 0) {
        if (stream.avail_in == 0) {
            const Result<qint64> count = m_source(m_packed.data(), m_packed.size());
            if (!count) {
                return count.error();
            }
            if (*count == 0) {
                break;
            }
            stream.next_in = reinterpret_cast<Bytef *>(m_packed.data());
            stream.avail_in = static_cast<uInt>(*count);
        }
        const uInt before = stream.avail_in;
        const int done = inflate(&stream, Z_NO_FLUSH);
        m_taken += before - stream.avail_in;
        if (done != Z_OK && done != Z_STREAM_END) {
            return badEntry(Text::tr("it can't be unpacked"));
        }
        m_isAtEnd = done == Z_STREAM_END;
    }
    const qint64 count = m_piece.size() - qint64(stream.avail_out);
    if (count == 0 && !m_isAtEnd) {
        return badEntry(Text::tr("it can't be unpacked"));
    }
    return count;
}

} // namespace layerpool
