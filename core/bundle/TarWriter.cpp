// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarWriter.h"

#include "base/Text.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

#include <sys/stat.h>

namespace layerpool {
namespace {

constexpr qsizetype kSmall = 64 * 1024;
constexpr qsizetype kMostSmall = 512 * 1024;
constexpr qint64 kPiece = 1024 * 1024;
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

TarWriter::TarWriter(QString path, DurableDirectory directory)
    : m_path(std::move(path))
    , m_directory(std::move(directory))
    , m_name(QFile::encodeName(QFileInfo(m_path).fileName()))
{
}

TarWriter::~TarWriter()
{
    m_tar.reset();
    if (m_fd && !m_temporary.isEmpty()) {
        (void)m_directory.remove(m_temporary);
    }
}

Result<std::unique_ptr<TarWriter>> TarWriter::create(const QString &path)
{
    Result<DurableDirectory> directory = DurableDirectory::create(QFileInfo(path).absolutePath());
    if (!directory) {
        return directory.error();
    }
    std::unique_ptr<TarWriter> writer(new TarWriter(path, *std::move(directory)));
    writer->m_temporary =
        '.' + writer->m_name + '.' + QUuid::createUuid().toByteArray(QUuid::Id128) + ".part";
    Result<UniqueFd> fd = writer->m_directory.createFile(writer->m_temporary);
    if (!fd) {
        return fd.error();
    }
    writer->m_fd = *std::move(fd);
    writer->m_tar.reset(archive_write_new());
    archive *tar = writer->m_tar.get();
    archive_write_set_format_pax_restricted(tar);
    archive_write_set_bytes_per_block(tar, 0); // what is large goes out as it is, uncopied
    archive_write_set_bytes_in_last_block(tar, 512);
    const auto write = [](archive *, void *self, const void *data, std::size_t size) -> la_ssize_t {
        const QByteArrayView bytes(static_cast<const char *>(data), static_cast<qsizetype>(size));
        return static_cast<TarWriter *>(self)->writeOut(bytes) ? bytes.size() : -1;
    };
    if (archive_write_open2(tar, writer.get(), nullptr, write, nullptr, nullptr) != ARCHIVE_OK) {
        return writer->archiveError();
    }
    return writer;
}

Status TarWriter::writeOut(QByteArrayView bytes)
{
    if (bytes.size() <= kSmall) {
        m_small.at(m_turn).append(bytes);
        return m_small.at(m_turn).size() < kMostSmall ? Status() : flush();
    }
    const Status flushed = flush();
    return flushed ? put(bytes) : flushed;
}

Status TarWriter::flush()
{
    const QByteArray &full = m_small.at(m_turn);
    if (full.isEmpty()) {
        return {};
    }
    m_turn = (m_turn + 1) % m_small.size();
    m_small.at(m_turn).resize(0);
    return put(full);
}

Status TarWriter::put(QByteArrayView bytes)
{
    m_digester.add(bytes);
    if (Status written = writeAll(m_fd.get(), bytes, m_path); !written) {
        m_writeError = written.error();
        return written;
    }
    return {};
}

Error TarWriter::archiveError() const
{
    if (m_writeError) {
        return *m_writeError;
    }
    const int number = archive_errno(m_tar.get());
    return systemError(Text::tr("Cannot write %1").arg(m_path), number > 0 ? number : EIO);
}

Status TarWriter::addHeader(const QByteArray &path, bool isDirectory, qint64 size)
{
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.constData());
    archive_entry_set_filetype(entry.get(), isDirectory ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), isDirectory ? 0755 : 0644);
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
    return addHeader(path + '/', true, 0);
}

Status TarWriter::addFile(const QByteArray &path, QByteArrayView bytes)
{
    const Status header = addHeader(path, false, bytes.size());
    return header ? writeData(bytes) : header;
}

Status TarWriter::addBlob(const QByteArray &path, const Descriptor &blob, const UniqueFd &from,
                          const CancelToken &cancel, const std::function<void(qint64)> &moved)
{
    const auto damaged = [&](const QString &why) {
        return Error{ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(blob.digest.toString()), why,
                     Text::tr("Run verify, and fetch it again")};
    };
    if (Status header = addHeader(path, false, blob.size); !header) {
        return header;
    }
    // One piece is read and written while the one before it is still being hashed.
    BackgroundDigester digester(blob.digest.algorithm());
    qint64 total = 0;
    for (;;) {
        QByteArray &piece = m_pieces.at(m_piece);
        piece.resize(kPiece);
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const Result<qint64> count =
            readSome(from.get(), piece.data(), piece.size(), QString::fromLatin1(path));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        total += *count;
        if (total > blob.size) {
            break;
        }
        const QByteArrayView bytes(piece.constData(), *count);
        digester.add(bytes);
        if (Status written = writeData(bytes); !written) {
            return written;
        }
        m_piece = (m_piece + 1) % m_pieces.size();
        moved(*count);
    }
    if (total != blob.size) {
        return damaged(Text::tr("its size is not the %1 bytes that the manifest declares").arg(blob.size));
    }
    if (const Digest digest = digester.finish(); digest != blob.digest) {
        return damaged(Text::tr("its bytes have the digest %1").arg(digest.toString()));
    }
    return {};
}

Result<TarWriter::Written> TarWriter::close()
{
    if (archive_write_close(m_tar.get()) != ARCHIVE_OK) {
        return archiveError();
    }
    m_tar.reset();
    if (Status flushed = flush(); !flushed) {
        return flushed.error();
    }
    struct stat info
    {
    };
    if (::fstat(m_fd.get(), &info) != 0 || ::fsync(m_fd.get()) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(m_path), errno);
    }
    return Written{static_cast<qint64>(info.st_size), m_digester.finish()};
}

Status TarWriter::publish(bool replaces)
{
    if (replaces) {
        if (Status replaced = m_directory.replace(m_temporary, m_name); !replaced) {
            return replaced;
        }
    } else {
        const Result<DurableDirectory::Published> published = m_directory.publish(m_temporary, m_name);
        if (!published) {
            return published.error();
        }
        if (*published == DurableDirectory::Published::WasThere) {
            return Error{ErrorKind::Conflict, Text::tr("%1 exists").arg(m_path), {}, {}};
        }
    }
    m_temporary.clear();
    return m_directory.sync();
}

} // namespace layerpool
