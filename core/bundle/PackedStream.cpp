// SPDX-License-Identifier: Apache-2.0
#include "bundle/PackedStream.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"

#include <archive.h>
#include <archive_entry.h>

namespace layerpool {
namespace {

constexpr int kOwnFilterAndTheFile = 2;
constexpr int kTheFile = -1;

} // namespace

void PackedStream::FreeArchive::operator()(archive *packed) const
{
    archive_read_free(packed);
}

std::optional<PackedStream::Packing> PackedStream::packingOf(QByteArrayView magic)
{
    if (magic.startsWith("\x1f\x8b")) {
        return Packing::Gzip;
    }
    if (magic.startsWith("\x28\xb5\x2f\xfd")) {
        return Packing::Zstd;
    }
    return std::nullopt;
}

PackedStream::PackedStream(QString path, BundleBytes bytes)
    : BundleStream(bytes.size())
    , m_path(std::move(path))
    , m_bytes(std::move(bytes))
    , m_packed(pieceBytes, Qt::Uninitialized)
    , m_piece(pieceBytes, Qt::Uninitialized)
    , m_archive(archive_read_new())
{
}

PackedStream::~PackedStream() = default;

Result<std::unique_ptr<BundleStream>> PackedStream::create(const QString &path, BundleBytes bytes,
                                                           Packing packing)
{
    std::unique_ptr<PackedStream> stream(new PackedStream(path, std::move(bytes)));
    if (Status opened = stream->open(packing); !opened) {
        return opened.error();
    }
    return std::unique_ptr<BundleStream>(std::move(stream));
}

Status PackedStream::open(Packing packing)
{
    archive *packed = m_archive.get();
    archive_read_support_format_raw(packed);
    if (packing == Packing::Gzip) {
        archive_read_support_filter_gzip(packed);
    } else {
        archive_read_support_filter_zstd(packed);
    }
    const auto read = [](archive *, void *self, const void **bytes) {
        return static_cast<la_ssize_t>(static_cast<PackedStream *>(self)->readFile(bytes));
    };
    archive_entry *entry = nullptr;
    if (archive_read_open(packed, this, nullptr, read, nullptr) != ARCHIVE_OK ||
        archive_read_next_header(packed, &entry) != ARCHIVE_OK) {
        return failure();
    }
    if (archive_filter_count(packed) != kOwnFilterAndTheFile) {
        return refusedBundle(m_path, Text::tr("it is packed more than once"));
    }
    return {};
}

qint64 PackedStream::readFile(const void **bytes)
{
    const Result<qint64> count = m_bytes.read(m_packed.data(), m_packed.size());
    if (!count) {
        m_readError = count.error();
        return ARCHIVE_FATAL;
    }
    m_isAtEnd = *count == 0;
    *bytes = m_packed.constData();
    return *count;
}

Result<QByteArrayView> PackedStream::next()
{
    qsizetype filled = 0;
    while (filled < m_piece.size()) {
        const la_ssize_t count = archive_read_data(m_archive.get(), m_piece.data() + filled,
                                                   static_cast<std::size_t>(m_piece.size() - filled));
        if (count < 0) {
            return failure();
        }
        if (count == 0) {
            break;
        }
        filled += count;
    }
    if (filled == 0) {
        if (Status ended = checkEnd(); !ended) {
            return ended.error();
        }
    }
    return QByteArrayView(m_piece.constData(), filled);
}

// The reader leaves unread, and untold, what follows after the end of a gzip file.
Status PackedStream::checkEnd() const
{
    if (archive_filter_bytes(m_archive.get(), kTheFile) != fileBytes()) {
        return refusedBundle(m_path, Text::tr("something else follows after its end"));
    }
    return {};
}

Error PackedStream::failure()
{
    if (m_readError) {
        return *m_readError;
    }
    if (m_isAtEnd) {
        m_isCutShort = true;
        return cutShort(m_path);
    }
    const char *why = archive_error_string(m_archive.get());
    return refusedBundle(
        m_path,
        Text::tr("it can't be unpacked (%1)").arg(why != nullptr ? QString::fromUtf8(why) : QString()));
}

} // namespace layerpool
