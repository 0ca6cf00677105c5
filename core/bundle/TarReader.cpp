// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarReader.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/TarNames.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qint64 kHeaderBlock = 512;
constexpr qint64 kEndMark = 2 * kHeaderBlock;
constexpr qint64 kMostPadding = 64 * 1024 * 1024; // after the end, to fill a tape's record
constexpr qsizetype kLongestName = 4096;
constexpr int kInnermost = 0;

qint64 roundedUp(qint64 bytes)
{
    return (bytes + kHeaderBlock - 1) / kHeaderBlock * kHeaderBlock;
}

bool isZero(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

QByteArray nameOf(archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    return name != nullptr ? QByteArray(name) : QByteArray(archive_entry_pathname_utf8(entry));
}

// Empty for a plain file or folder, and for a symbolic link that was asked for.
QString whyNotPlain(archive_entry *entry, TarLinks links)
{
    if (archive_entry_hardlink(entry) != nullptr) {
        return Text::tr("it is a hard link");
    }
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return archive_entry_sparse_count(entry) > 0 ? Text::tr("it is a sparse file") : QString();
    case AE_IFDIR:
        return archive_entry_size(entry) != 0 ? Text::tr("it is a folder with bytes of its own") : QString();
    case AE_IFLNK:
        return links == TarLinks::Told && archive_entry_size(entry) == 0 ? QString()
                                                                         : Text::tr("it is a symbolic link");
    case AE_IFIFO:
        return Text::tr("it is a pipe");
    case AE_IFCHR:
    case AE_IFBLK:
        return Text::tr("it is a device");
    default:
        return Text::tr("it is neither a file nor a folder");
    }
}

} // namespace

void TarReader::FreeArchive::operator()(archive *tar) const
{
    archive_read_free(tar);
}

TarReader::TarReader(QString path, std::unique_ptr<BundleStream> stream, CancelToken cancel, TarLinks links)
    : m_path(std::move(path))
    , m_stream(std::move(stream))
    , m_cancel(std::move(cancel))
    , m_links(links)
    , m_tar(archive_read_new())
{
    archive_read_support_format_tar(m_tar.get());
}

TarReader::~TarReader() = default;

Status TarReader::open()
{
    const auto read = [](archive *, void *self, const void **bytes) {
        return static_cast<la_ssize_t>(static_cast<TarReader *>(self)->readPiece(bytes));
    };
    const auto skip = [](archive *, void *self, la_int64_t bytes) {
        return static_cast<la_int64_t>(static_cast<TarReader *>(self)->skip(bytes));
    };
    m_isOpen = true;
    return archive_read_open2(m_tar.get(), this, nullptr, read, skip, nullptr) == ARCHIVE_OK ? Status()
                                                                                             : failure();
}

Status TarReader::passOver()
{
    return archive_read_data_skip(m_tar.get()) == ARCHIVE_OK ? Status() : failure();
}

Result<std::optional<BundleEntry>> TarReader::next()
{
    if (Status ready = m_isOpen ? passOver() : open(); !ready) {
        return ready.error();
    }
    m_entryRead = 0;
    const qint64 lastEnd = roundedUp(consumed());
    m_headersAt = lastEnd;
    m_headers.clear();
    archive_entry *entry = nullptr;
    const int got = archive_read_next_header(m_tar.get(), &entry);
    const QByteArrayView raw = headers();
    m_headersAt = notInHeaders;
    if (got == ARCHIVE_EOF) {
        const Status ended = checkEnd(lastEnd);
        return ended ? Result<std::optional<BundleEntry>>(std::nullopt) : ended.error();
    }
    if (got != ARCHIVE_OK && got != ARCHIVE_WARN) { // a warning is about owners, whom nobody asks for
        m_name = nameToShow(raw);
        return failure();
    }
    Result<BundleEntry> plain = entryOf(entry);
    if (!plain) {
        return plain.error();
    }
    if (const QString why = whyUnclear(raw); !why.isEmpty()) {
        return refusedEntry(m_path, plain->name, why);
    }
    m_name = plain->name;
    m_hasEntries = true;
    return std::optional(*std::move(plain));
}

Result<BundleEntry> TarReader::entryOf(archive_entry *entry) const
{
    BundleEntry plain{nameOf(entry), archive_entry_filetype(entry) == AE_IFDIR, archive_entry_size(entry)};
    if (const QString why = whyNotPlain(entry, m_links); !why.isEmpty()) {
        return refusedEntry(m_path, plain.name, why);
    }
    if (plain.name.isEmpty() || plain.name.size() > kLongestName) {
        return refusedEntry(m_path, plain.name,
                            plain.name.isEmpty() ? Text::tr("its name can't be read")
                                                 : Text::tr("its name is too long"));
    }
    if (plain.size < 0 || plain.size > mostBytes) {
        return refusedEntry(m_path, plain.name, Text::tr("%1 bytes are no size of a blob").arg(plain.size));
    }
    if (const char *target = archive_entry_symlink(entry); target != nullptr) {
        plain.link = target;
    }
    if (plain.isFolder && plain.name.size() > 1 && plain.name.endsWith('/')) {
        plain.name.chop(1);
    }
    return plain;
}

Result<QByteArrayView> TarReader::read()
{
    const void *bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int got = archive_read_data_block(m_tar.get(), &bytes, &size, &offset);
    if (got == ARCHIVE_EOF) {
        return QByteArrayView();
    }
    if (got != ARCHIVE_OK) {
        return failure();
    }
    if (offset != m_entryRead) {
        return refusedEntry(m_path, m_name, Text::tr("it is a sparse file"));
    }
    m_entryRead += static_cast<qint64>(size);
    return QByteArrayView(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
}

// A tar that was cut between two entries reads like a whole one, but lacks the blocks of zeros that end it;
// and programs stop at those, whatever follows.
Status TarReader::checkEnd(qint64 lastEnd)
{
    const auto garbage = [&] { return refusedBundle(m_path, Text::tr("something follows after its end")); };
    if (!isZero(pieceFrom(consumed()))) {
        return garbage();
    }
    const void *bytes = nullptr;
    while (!m_isAtEnd) {
        if (readPiece(&bytes) < 0) {
            return *m_streamError;
        }
        if (!isZero(m_piece) || m_delivered - lastEnd > kMostPadding) {
            return garbage();
        }
    }
    if (m_delivered - lastEnd < kEndMark) {
        m_isCutShort = true;
        return cutShort(m_path);
    }
    return {};
}

// Of the last piece, what begins there in the tar.
QByteArrayView TarReader::pieceFrom(qint64 position) const
{
    return m_piece.last(std::clamp<qint64>(m_delivered - position, 0, m_piece.size()));
}

void TarReader::keepHeaders()
{
    m_headers += pieceFrom(m_headersAt + m_headers.size());
}

// The reader tells a name as far as it understands it: what stands there is looked at too.
QByteArrayView TarReader::headers()
{
    if (m_headers.isEmpty()) { // nearly always they lie in one piece, and need no copy
        return pieceFrom(m_headersAt);
    }
    keepHeaders();
    return m_headers;
}

qint64 TarReader::readPiece(const void **bytes)
{
    if (m_headersAt != notInHeaders) {
        keepHeaders();
    }
    if (m_cancel.isCancelled()) {
        m_streamError = cancelledError();
        return ARCHIVE_FATAL;
    }
    const Result<QByteArrayView> piece = m_stream->next();
    if (!piece) {
        m_streamError = piece.error();
        return ARCHIVE_FATAL;
    }
    m_piece = *piece;
    m_delivered += piece->size();
    m_isAtEnd = piece->isEmpty();
    *bytes = piece->data();
    return piece->size();
}

qint64 TarReader::skip(qint64 bytes)
{
    const qint64 skipped = m_stream->skip(bytes);
    m_delivered += skipped;
    m_piece = {};
    return skipped;
}

std::optional<qint64> TarReader::offset() const
{
    return m_stream->isPlain() ? std::optional(consumed()) : std::nullopt;
}

qint64 TarReader::consumed() const
{
    return archive_filter_bytes(m_tar.get(), kInnermost);
}

Error TarReader::failure()
{
    if (m_streamError) {
        return *m_streamError;
    }
    if (m_isAtEnd && m_hasEntries) {
        m_isCutShort = true;
        return cutShort(m_path);
    }
    const char *text = archive_error_string(m_tar.get());
    const QString why = text != nullptr ? QString::fromUtf8(text) : QString();
    if (!m_name.isEmpty()) {
        return refusedEntry(m_path, m_name, Text::tr("it can't be read (%1)").arg(why));
    }
    return refusedBundle(m_path, m_hasEntries ? Text::tr("it is damaged (%1)").arg(why)
                                              : Text::tr("it is no tar that can be read (%1)").arg(why));
}

} // namespace layerpool
