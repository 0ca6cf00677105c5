// SPDX-License-Identifier: Apache-2.0
#include "bundle/ZipReader.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"

#include <quazip/unzip.h>

#include <algorithm>
#include <array>

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
constexpr qsizetype kPiece = 256 * 1024;
constexpr std::array kDescriptors{0, 12, 16, 20, 24};

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
    return isFolder && info.uncompressed_size > 0 ? Text::tr("it is a folder with bytes") : QString();
}

} // namespace

struct ZipReader::Header
{
    BundleEntry entry;
    QByteArray name; ///< with the slash of a folder
    qint64 packedBytes = 0;
    bool hasDescriptor = false;
    bool isStored = false;
};

bool ZipReader::isZip(QByteArrayView magic)
{
    return magic.startsWith("PK\x03\x04") || magic.startsWith("PK\x05\x06");
}

ZipReader::ZipReader(QString path, BundleBytes bytes, CancelToken cancel)
    : m_path(std::move(path))
    , m_bytes(std::move(bytes))
    , m_cancel(std::move(cancel))
    , m_piece(kPiece, Qt::Uninitialized)
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
        uLong filled = 0;
        while (filled < size) {
            const auto count =
                reader.m_bytes.read(static_cast<char *>(bytes) + filled, static_cast<qint64>(size - filled));
            if (!count) {
                reader.m_readError = count.error();
                return filled;
            }
            if (*count == 0) {
                break;
            }
            filled += static_cast<uLong>(*count);
        }
        return filled;
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
    m_zip = unzOpen2_64(this, &file);
    if (m_zip != nullptr) {
        return {};
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
    const int moved = m_isAtFirst ? unzGoToFirstFile(m_zip) : unzGoToNextFile(m_zip);
    if (moved == UNZ_END_OF_LIST_OF_FILE) {
        if (m_directory - m_end > m_descriptor || m_isAtFirst) {
            return refusedBundle(m_path, m_isAtFirst ? Text::tr("it holds nothing")
                                                     : Text::tr("its two directories differ"));
        }
        return std::optional<BundleEntry>();
    }
    if (moved != UNZ_OK) {
        return refused(m_name, Text::tr("what follows it can't be read"));
    }
    if (m_isAtFirst) {
        m_directory = static_cast<qint64>(unzGetOffset64(m_zip));
        m_isAtFirst = false;
    }
    const Result<Header> found = header();
    if (!found) {
        return found.error();
    }
    const Status entered = enter(*found);
    return entered ? Result<std::optional<BundleEntry>>(std::optional(found->entry)) : entered.error();
}

// The sum is looked at when all was read.
Status ZipReader::leave()
{
    if (m_name.isEmpty()) {
        return {};
    }
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    const QByteArray name = std::exchange(m_name, {});
    return unzCloseCurrentFile(m_zip) == UNZ_OK ? Status()
                                                : Status(refused(name, Text::tr("its checksum is wrong")));
}

Result<ZipReader::Header> ZipReader::header()
{
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(m_zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
        return refused({}, Text::tr("what the directory says of it can't be read"));
    }
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
    header.isStored = info.compression_method == 0;
    header.hasDescriptor = (info.flag & kHasDescriptor) != 0;
    return header;
}

Status ZipReader::enter(const Header &header)
{
    if (unzOpenCurrentFile(m_zip) != UNZ_OK) {
        return refused(header.name, Text::tr("the zip's two directories differ about it"));
    }
    m_name = header.name;
    return checkPlace(header);
}

Status ZipReader::checkPlace(const Header &header)
{
    const auto data = static_cast<qint64>(unzGetCurrentFileZStreamPos64(m_zip));
    const int extra = unzGetLocalExtrafield(m_zip, nullptr, 0);
    const qint64 begin = data - extra - header.name.size() - kLocalHeader;
    const bool follows = std::any_of(kDescriptors.begin(), kDescriptors.end(), [&](int bytes) {
        return bytes <= m_descriptor && begin == m_end + bytes;
    });
    const Result<QByteArray> name = extra < 0 ? QByteArray() : localName(header, extra);
    if (!name) {
        return name.error();
    }
    if (*name != header.name) {
        return refused(header.name, Text::tr("the zip's two directories differ about its name"));
    }
    if (!follows) {
        return refused(header.name, Text::tr("it does not follow the entry before it"));
    }
    m_offset = header.isStored ? std::optional(data) : std::nullopt;
    m_end = data + header.packedBytes;
    m_descriptor = header.hasDescriptor ? kLongestDescriptor : 0;
    return {};
}

Result<QByteArray> ZipReader::localName(const Header &header, qint64 extraBytes)
{
    const qint64 place = m_bytes.position();
    const auto data = static_cast<qint64>(unzGetCurrentFileZStreamPos64(m_zip));
    QByteArray name(header.name.size(), '\0');
    m_bytes.seek(std::max<qint64>(0, data - extraBytes - name.size()));
    const Result<qint64> count = m_bytes.read(name.data(), name.size());
    m_bytes.seek(place);
    return count ? Result<QByteArray>(name.first(*count)) : count.error();
}

Result<QByteArrayView> ZipReader::read()
{
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    const int count = unzReadCurrentFile(m_zip, m_piece.data(), static_cast<unsigned>(m_piece.size()));
    if (count < 0) {
        return refused(m_name, Text::tr("it can't be unpacked"));
    }
    return QByteArrayView(m_piece.constData(), count);
}

} // namespace layerpool
