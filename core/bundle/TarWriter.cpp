// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarWriter.h"

#include "base/Text.h"

#include <archive.h>
#include <archive_entry.h>

namespace layerpool {
namespace {

constexpr qsizetype kMostSmall = 512 * 1024;
constexpr time_t kTime = 946684800; // 2000-01-01: GNU tar warns of files from 1970

struct FreeEntry
{
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};

} // namespace

void TarWriter::FreeArchive::operator()(archive *tar) const
{
    archive_write_fail(tar); // what was not closed is not to be completed
    archive_write_free(tar);
}

TarWriter::~TarWriter() = default;

Result<std::unique_ptr<TarWriter>> TarWriter::create(BundleOutput &output, Packing packing)
{
    std::unique_ptr<TarWriter> writer(new TarWriter(output, packing));
    writer->m_tar.reset(archive_write_new());
    archive *tar = writer->m_tar.get();
    archive_write_set_format_pax_restricted(tar);
    archive_write_set_bytes_per_block(tar, 0); // what is large goes out as it is, uncopied
    archive_write_set_bytes_in_last_block(tar, 512);
    if (Status packed = writer->pack(packing); !packed) {
        return packed.error();
    }
    const auto write = [](archive *, void *self, const void *data, std::size_t size) -> la_ssize_t {
        const QByteArrayView bytes(static_cast<const char *>(data), static_cast<qsizetype>(size));
        return static_cast<TarWriter *>(self)->writeOut(bytes) ? bytes.size() : -1;
    };
    if (archive_write_open2(tar, writer.get(), nullptr, write, nullptr, nullptr) != ARCHIVE_OK) {
        return writer->archiveError();
    }
    return writer;
}

// Without a time or a name in gzip's header: the bytes would differ else. Zstd works in this thread: each of
// its own takes 40 MB and more.
Status TarWriter::pack(Packing packing)
{
    archive *tar = m_tar.get();
    switch (packing) {
    case Packing::None:
        return {};
    case Packing::Gzip:
        return archive_write_add_filter_gzip(tar) == ARCHIVE_OK &&
                       archive_write_set_filter_option(tar, "gzip", "timestamp", nullptr) == ARCHIVE_OK
                   ? Status()
                   : archiveError();
    case Packing::Zstd:
        break;
    }
    return archive_write_add_filter_zstd(tar) == ARCHIVE_OK ? Status() : archiveError();
}

// A blob's bytes come back as they are; all else is headers, links, padding, or packed.
Status TarWriter::writeOut(QByteArrayView bytes)
{
    const bool isOfPiece = !m_piece.isNull() && bytes.data() >= m_piece.constData() &&
                           bytes.data() + bytes.size() <= m_piece.constData() + m_piece.size();
    if (!isOfPiece) {
        m_small.append(bytes);
        return m_small.size() < kMostSmall ? Status() : flush();
    }
    if (Status flushed = flush(); !flushed) {
        return flushed;
    }
    const Status written = m_output.write(m_piece, bytes);
    if (!written) {
        m_writeError = written.error();
    }
    return written;
}

Status TarWriter::flush()
{
    const Status written = m_output.write(std::exchange(m_small, {}));
    if (!written) {
        m_writeError = written.error();
    }
    return written;
}

Error TarWriter::archiveError() const
{
    if (m_writeError) {
        return *m_writeError;
    }
    const int number = archive_errno(m_tar.get());
    return systemError(Text::tr("Cannot write the bundle"), number > 0 ? number : EIO);
}

Status TarWriter::addHeader(const QByteArray &path, Kind kind, qint64 size)
{
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.constData());
    archive_entry_set_filetype(entry.get(), kind == Kind::Folder ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), kind == Kind::File ? 0644 : 0755);
    archive_entry_set_size(entry.get(), size);
    archive_entry_set_mtime(entry.get(), kTime, 0);
    return archive_write_header(m_tar.get(), entry.get()) == ARCHIVE_OK ? Status() : archiveError();
}

Status TarWriter::writeData(QByteArrayView bytes)
{
    const la_ssize_t written =
        archive_write_data(m_tar.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    return written == bytes.size() ? Status() : archiveError();
}

Status TarWriter::addDirectory(const QByteArray &path)
{
    return addHeader(path + '/', Kind::Folder, 0);
}

Status TarWriter::addFile(const QByteArray &path, QByteArrayView bytes)
{
    const Status header = addHeader(path, Kind::File, bytes.size());
    return header ? writeData(bytes) : header;
}

Status TarWriter::beginFile(const QByteArray &path, Kind kind, qint64 size)
{
    return addHeader(path, kind, size);
}

Status TarWriter::addPiece(const QByteArray &piece, QByteArrayView part)
{
    m_piece = piece;
    const Status written = writeData(part);
    m_piece = {};
    return written;
}

// The header is out by now, or among what is to be written next.
bool TarWriter::passesOver(qint64 bytes) const
{
    return m_isPlain && m_output.passesOver(m_output.written() + m_small.size(), bytes);
}

Status TarWriter::close()
{
    if (archive_write_close(m_tar.get()) != ARCHIVE_OK) {
        return archiveError();
    }
    m_tar.reset();
    return flush();
}

} // namespace layerpool
