// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipWriter.h"

#include "base/Text.h"

#include <quazip/zip.h>

#include <algorithm>
#include <cerrno>

namespace layerpool {
namespace {

constexpr uLong kMadeOnUnix = 3 << 8 | 45; // APPNOTE 4.4.2: 45 knows Zip64
constexpr uLong kFileMode = 0100644;
constexpr uLong kProgramMode = 0100755;
constexpr uLong kFolderMode = 040755;
constexpr uLong kFolderBit = 0x10; // MS-DOS's
constexpr int kStored = 0;
constexpr int kZip64 = 1;
constexpr tm_zip kDate{0, 0, 0, 1, 0, 2000};

} // namespace

ZipWriter::~ZipWriter()
{
    if (m_zip != nullptr) {
        m_writeError = cancelledError(); // what was not closed is not to be completed
        zipClose(m_zip, nullptr);
    }
}

Result<std::unique_ptr<ZipWriter>> ZipWriter::create(BundleOutput &output)
{
    std::unique_ptr<ZipWriter> writer(new ZipWriter(output));
    const Status opened = writer->open();
    return opened ? Result<std::unique_ptr<ZipWriter>>(std::move(writer)) : opened.error();
}

Status ZipWriter::open()
{
    zlib_filefunc64_32_def files{};
    zlib_filefunc64_def &file = files.zfile_func64;
    file.opaque = this;
    file.zopen64_file = [](voidpf self, voidpf, int) { return self; };
    file.zread_file = [](voidpf, voidpf, void *, uLong) -> uLong { return 0; };
    file.zwrite_file = [](voidpf, voidpf self, const void *bytes, uLong size) -> uLong {
        const QByteArrayView view(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
        return static_cast<ZipWriter *>(self)->writeOut(view) ? size : 0;
    };
    file.ztell64_file = [](voidpf, voidpf self) {
        return static_cast<ZPOS64_T>(static_cast<ZipWriter *>(self)->position());
    };
    file.zseek64_file = [](voidpf, voidpf, ZPOS64_T, int) { return -1; };
    file.zclose_file = [](voidpf, voidpf) { return 0; };
    file.zfakeclose_file = file.zclose_file;
    file.zerror_file = [](voidpf, voidpf self) {
        return static_cast<ZipWriter *>(self)->m_writeError ? 1 : 0;
    };
    m_zip = zipOpen3(this, APPEND_STATUS_CREATE, nullptr, &files, ZIP_WRITE_DATA_DESCRIPTOR | ZIP_SEQUENTIAL);
    return m_zip != nullptr ? Status() : failure();
}

Error ZipWriter::failure() const
{
    return m_writeError ? *m_writeError : systemError(Text::tr("Cannot write the bundle"), EIO);
}

Status ZipWriter::writeOut(QByteArrayView bytes)
{
    if (m_writeError) {
        return *m_writeError;
    }
    while (!bytes.isEmpty()) {
        const QByteArrayView part = bytes.first(std::min(bytes.size(), m_buffer->size() - m_filled));
        std::copy(part.begin(), part.end(), m_buffer->data() + m_filled);
        m_filled += part.size();
        bytes = bytes.sliced(part.size());
        if (Status flushed = m_filled == m_buffer->size() ? flush() : Status(); !flushed) {
            return flushed;
        }
    }
    return {};
}

Status ZipWriter::flush()
{
    const Status written = m_output.write(*m_buffer, QByteArrayView(*m_buffer).first(m_filled));
    if (!written) {
        m_writeError = written.error();
    }
    m_buffer = &m_buffers.free();
    m_filled = 0;
    return written;
}

Status ZipWriter::begin(const QByteArray &path, Kind kind)
{
    zip_fileinfo info{};
    info.tmz_date = kDate;
    info.external_fa = kind == Kind::Folder    ? kFolderMode << 16 | kFolderBit
                       : kind == Kind::Program ? kProgramMode << 16
                                               : kFileMode << 16;
    const int opened = zipOpenNewFileInZip4_64(m_zip, path.constData(), &info, nullptr, 0, nullptr, 0,
                                               nullptr, kStored, 0, 0, -MAX_WBITS, DEF_MEM_LEVEL,
                                               Z_DEFAULT_STRATEGY, nullptr, 0, kMadeOnUnix, 0, kZip64);
    return opened == ZIP_OK ? Status() : failure();
}

Status ZipWriter::addDirectory(const QByteArray &path)
{
    const Status begun = begin(path + '/', Kind::Folder);
    return begun ? endFile() : begun;
}

Status ZipWriter::addFile(const QByteArray &path, QByteArrayView bytes)
{
    if (Status begun = begin(path, Kind::File); !begun) {
        return begun;
    }
    const Status added = addPiece({}, bytes);
    return added ? endFile() : added;
}

Status ZipWriter::beginFile(const QByteArray &path, Kind kind, qint64)
{
    return begin(path, kind);
}

Status ZipWriter::addPiece(const QByteArray &, QByteArrayView part)
{
    const int written = zipWriteInFileInZip(m_zip, part.data(), static_cast<unsigned>(part.size()));
    return written == ZIP_OK && !m_writeError ? Status() : failure();
}

Status ZipWriter::endFile()
{
    return zipCloseFileInZip(m_zip) == ZIP_OK && !m_writeError ? Status() : failure();
}

Status ZipWriter::close()
{
    const int closed = zipClose(std::exchange(m_zip, nullptr), nullptr);
    return closed == ZIP_OK && !m_writeError ? flush() : Status(failure());
}

} // namespace layerpool
