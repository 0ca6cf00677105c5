// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipReader.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/ZipLocalHeader.h"

#include <quazip/unzip.h>

#include <algorithm>

#include <sys/stat.h>

namespace layerpool {
namespace {

// The numbers of APPNOTE.TXT.
constexpr qint64 kLocalHeader = 30;
constexpr qint64 kLongestDescriptor = 24; // signature, CRC, and two sizes of Zip64
constexpr uLong kIsEncrypted = 0x1;
constexpr uLong kHasDescriptor = 0x8;
constexpr uLong kUnix = 3;
constexpr uLong kLongestZipName = 4096;
constexpr ZPOS64_T kMostRatio = 1100; // deflate's best is 1032
constexpr qint64 kDirectoryRecord = 46;
constexpr uLong kMostOfFolder = 2; // an empty entry, deflated

QString whyNotPlain(const unz_file_info64 &info, bool isFolder)
{
    if ((info.flag & kIsEncrypted) != 0) {
        return Text::tr("it is encrypted");
    }
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED) {
        return Text::tr("it is packed by a method that is not read (%1)").arg(info.compression_method);
    }
    const auto kind = static_cast<mode_t>(info.external_fa >> 16) & S_IFMT;
    if (info.version >> 8 == kUnix && kind != 0 && kind != (isFolder ? S_IFDIR : S_IFREG)) {
        return S_ISLNK(kind) ? Text::tr("it is a symbolic link") : Text::tr("it is no regular file");
    }
    if (info.uncompressed_size > ZPOS64_T(BundleEntries::mostBytes)) {
        return Text::tr("%1 bytes are no size of a blob").arg(info.uncompressed_size);
    }
    if (info.uncompressed_size / kMostRatio > info.compressed_size) {
        return Text::tr("it claims more than can be packed into it");
    }
    if (info.compression_method == 0 && info.compressed_size != info.uncompressed_size) {
        return Text::tr("it has not as many bytes as it says");
    }
    const bool isEmpty = info.uncompressed_size == 0 && info.compressed_size <= kMostOfFolder;
    return isFolder && !isEmpty ? Text::tr("it is a folder with bytes") : QString();
}

} // namespace

bool ZipReader::isZip(QByteArrayView magic)
{
    return magic.startsWith("PK\x03\x04") || magic.startsWith("PK\x05\x06");
}

ZipReader::ZipReader(QString path, BundleBytes bytes, CancelToken cancel)
    : m_path(std::move(path)), m_bytes(std::move(bytes)), m_cancel(std::move(cancel))
{
}

ZipReader::~ZipReader()
{
    if (m_zip != nullptr) {
        unzClose(m_zip);
    }
}

Result<std::unique_ptr<ZipReader>> ZipReader::create(const QString &path, BundleBytes bytes,
                                                     CancelToken cancel)
{
    std::unique_ptr<ZipReader> reader(new ZipReader(path, std::move(bytes), std::move(cancel)));
    const Status opened = reader->open();
    return opened ? Result<std::unique_ptr<ZipReader>>(std::move(reader)) : opened.error();
}

Status ZipReader::open()
{
    zlib_filefunc64_def file{};
    file.opaque = this;
    file.zopen64_file = [](voidpf self, voidpf, int) { return self; };
    file.zread_file = [](voidpf, voidpf self, void *bytes, uLong size) -> uLong {
        auto &reader = *static_cast<ZipReader *>(self);
        const auto count = reader.m_bytes.read(static_cast<char *>(bytes), static_cast<qint64>(size));
        if (!count) {
            reader.m_readError = count.error();
        }
        return count ? static_cast<uLong>(*count) : 0;
    };
    file.zwrite_file = [](voidpf, voidpf, const void *, uLong) -> uLong { return 0; };
    file.ztell64_file = [](voidpf, voidpf self) {
        return static_cast<ZPOS64_T>(static_cast<ZipReader *>(self)->m_bytes.position());
    };
    file.zseek64_file = [](voidpf, voidpf self, ZPOS64_T offset, int origin) {
        BundleBytes &bytes = static_cast<ZipReader *>(self)->m_bytes;
        const qint64 from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? bytes.position()
                            : origin == ZLIB_FILEFUNC_SEEK_END ? bytes.size()
                                                               : 0;
        if (offset > ZPOS64_T(bytes.size()) || from + qint64(offset) > bytes.size()) {
            return -1;
        }
        bytes.seek(from + qint64(offset));
        return 0;
    };
    file.zclose_file = [](voidpf, voidpf) { return 0; };
    file.zfakeclose_file = file.zclose_file;
    file.zerror_file = [](voidpf, voidpf self) {
        return static_cast<ZipReader *>(self)->m_readError ? 1 : 0;
    };
    const Result<std::optional<ZipEnd>> end = ZipEnd::find(m_bytes);
    if (!end) {
        return end.error();
    }
    m_zip = *end ? unzOpen2_64(this, &file) : nullptr;
    unz_global_info64 info{};
    if (m_zip != nullptr && unzGetGlobalInfo64(m_zip, &info) == UNZ_OK &&
        qint64(info.number_entry) == (*end)->entries) {
        m_directory = **end;
        m_record = m_directory.directory;
        return m_directory.entries > 0 ? Status()
                                       : Status(refusedBundle(m_path, Text::tr("it holds nothing")));
    }
    return m_readError
               ? *m_readError
               : refusedBundle(m_path, Text::tr("the zip's directory can't be read: it may be cut short"));
}

Error ZipReader::refused(const QByteArray &name, const QString &why) const
{
    return m_readError ? *m_readError : refusedEntry(m_path, name, why);
}

Result<std::optional<BundleEntry>> ZipReader::next()
{
    if (Status left = leave(); !left) {
        return left.error();
    }
    if (m_count == m_directory.entries) {
        if (m_record != m_directory.end) {
            return refusedBundle(m_path, Text::tr("the zip's directory is not that of its entries"));
        }
        const Status ends = checkGap(m_directory.directory, m_last.name);
        return ends ? Result<std::optional<BundleEntry>>(std::nullopt) : ends.error();
    }
    if ((m_count++ == 0 ? unzGoToFirstFile(m_zip) : unzGoToNextFile(m_zip)) != UNZ_OK) {
        return refused(m_name, Text::tr("what follows it can't be read"));
    }
    const Result<Header> found = header();
    if (!found) {
        return found.error();
    }
    const Status entered = enter(*found);
    return entered ? Result<std::optional<BundleEntry>>(std::optional(found->entry)) : entered.error();
}

Status ZipReader::leave()
{
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    if (std::exchange(m_entry, {})) {
        unzCloseCurrentFile(m_zip);
    }
    return {};
}

Result<ZipReader::Header> ZipReader::header()
{
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(m_zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
        return refused({}, Text::tr("what the directory says of it can't be read"));
    }
    const auto record = static_cast<qint64>(unzGetOffset64(m_zip));
    if (record != (m_count == 1 ? m_directory.directory : m_record)) {
        return refused(m_name, Text::tr("the zip's directory is not that of its entries"));
    }
    m_record = record + kDirectoryRecord + qint64(info.size_filename) + qint64(info.size_file_extra) +
               qint64(info.size_file_comment);
    Header header;
    header.name.resize(static_cast<qsizetype>(std::min(info.size_filename, kLongestZipName)));
    unzGetCurrentFileInfo64(m_zip, nullptr, header.name.data(), static_cast<uLong>(header.name.size()),
                            nullptr, 0, nullptr, 0);
    if (header.name.isEmpty() || info.size_filename > kLongestZipName) {
        return refused(header.name, header.name.isEmpty() ? Text::tr("its name can't be read")
                                                          : Text::tr("its name is too long"));
    }
    header.entry.isFolder = header.name.endsWith('/');
    if (const QString why = whyNotPlain(info, header.entry.isFolder); !why.isEmpty()) {
        return refused(header.name, why);
    }
    header.entry.name = header.name.chopped(header.entry.isFolder ? 1 : 0);
    header.entry.size = static_cast<qint64>(info.uncompressed_size);
    header.packedBytes = static_cast<qint64>(info.compressed_size);
    header.crc = static_cast<quint32>(info.crc);
    header.flags = static_cast<quint16>(info.flag);
    header.method = static_cast<quint16>(info.compression_method);
    header.hasDescriptor = (info.flag & kHasDescriptor) != 0;
    return header;
}

Status ZipReader::enter(const Header &header)
{
    int method = 0;
    if (unzOpenCurrentFile2(m_zip, &method, nullptr, 1) != UNZ_OK) {
        return refused(header.name, Text::tr("the zip's two directories differ about it"));
    }
    m_name = header.name;
    m_entry = std::make_unique<ZipEntryBytes>(
        ZipEntryBytes::Sizes{header.packedBytes, header.entry.size, header.crc, header.method == 0},
        [this](char *buffer, qint64 size) { return readPacked(buffer, size); });
    return checkPlace(header);
}

Result<qint64> ZipReader::readPacked(char *buffer, qint64 size)
{
    const int count = unzReadCurrentFile(m_zip, buffer, static_cast<unsigned>(size));
    if (count < 0) {
        return refused(m_name, Text::tr("it can't be read"));
    }
    return qint64(count);
}

// It begins where the entry before ends, and says of itself what the directory says.
Status ZipReader::checkPlace(const Header &header)
{
    const auto data = static_cast<qint64>(unzGetCurrentFileZStreamPos64(m_zip));
    const qint64 extra = std::max(0, unzGetLocalExtrafield(m_zip, nullptr, 0));
    const qint64 begin = data - extra - header.name.size() - kLocalHeader;
    const Result<ZipLocalHeader> local = ZipLocalHeader::read(m_bytes, begin, header.name.size(), extra);
    if (!local) {
        return local.error();
    }
    const bool areSizesSame =
        header.hasDescriptor || (local->crc == header.crc && local->packed == quint64(header.packedBytes) &&
                                 local->plain == quint64(header.entry.size));
    if (local->name != header.name || local->flags != header.flags || local->method != header.method ||
        !areSizesSame) {
        return refused(header.name, Text::tr("the zip's two directories differ about it"));
    }
    if (Status follows = checkGap(begin, header.name); !follows) {
        return follows;
    }
    m_offset = header.method == 0 ? std::optional(data) : std::nullopt;
    m_end = data + header.packedBytes;
    m_last = header;
    return {};
}

// Between the end of the entry before and this place there are its sums, where it says so, and nothing else.
Status ZipReader::checkGap(qint64 place, const QByteArray &name)
{
    const qint64 gap = place - m_end;
    const QByteArray sums = m_last.hasDescriptor ? zipDescriptor(m_last.crc, quint64(m_last.packedBytes),
                                                                 quint64(m_last.entry.size), gap)
                                                 : QByteArray();
    QByteArray found(std::clamp<qint64>(gap, 0, kLongestDescriptor), '\0');
    const qint64 at = m_bytes.position();
    m_bytes.seek(m_end);
    const Result<qint64> count = m_bytes.read(found.data(), found.size());
    m_bytes.seek(at);
    if (!count) {
        return count.error();
    }
    if (found == sums && found.size() == gap && (gap > 0) == m_last.hasDescriptor) {
        return {};
    }
    return m_last.hasDescriptor ? refused(m_last.name, Text::tr("what follows it is not its sums"))
                                : refused(name, Text::tr("it does not follow the entry before it"));
}

Result<QByteArrayView> ZipReader::read()
{
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    Result<QByteArrayView> bytes = m_entry->next();
    const bool isPhrase = !bytes && bytes.error().what.isEmpty();
    return isPhrase ? Result<QByteArrayView>(refused(m_name, bytes.error().why)) : bytes;
}

} // namespace layerpool
