// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "bundle/BundleStream.h"

#include <optional>

struct archive;
struct archive_entry;

namespace layerpool {

/// A file or folder of a tar, as its header says.
struct TarEntry
{
    QByteArray name; ///< as it stands there, less the `/` that ends a folder's
    bool isFolder = false;
    qint64 size = 0; ///< bytes
};

/// Goes through a tar once, and writes nothing anywhere. Only plain files and folders are met: whatever else
/// there is (links, devices, sparse files) refuses the whole. So does anything that a tar program would pass
/// over in silence: no end, or bytes after it. For one thread.
class TarReader
{
public:
    /// The most that may stand in one entry: what no file system holds is no blob.
    static constexpr qint64 mostBytes = qint64(16) << 40;

    /// `cancel` is heard between two pieces.
    TarReader(QString path, std::unique_ptr<BundleStream> stream, CancelToken cancel);
    ~TarReader();
    TarReader(const TarReader &) = delete;
    TarReader &operator=(const TarReader &) = delete;

    /// Nothing after the last entry. What is left of the one before is passed over.
    /// Errors: BadInput, Storage, Cancelled.
    Result<std::optional<TarEntry>> next();
    /// The entry's next bytes, none at its end. They stay until the next call. Errors: as `next`.
    Result<QByteArrayView> read();

    /// Why the last error came: the file ends too early, and the rest of it may follow.
    bool isCutShort() const { return m_isCutShort || m_stream->isCutShort(); }
    const QString &path() const { return m_path; }
    /// How much of the file was read, and how long it is; bytes.
    qint64 position() const { return m_stream->position(); }
    qint64 fileBytes() const { return m_stream->fileBytes(); }

private:
    Status open();
    Status passOver(); ///< what is left of the entry
    Result<TarEntry> entryOf(archive_entry *entry) const;
    Status checkEnd(qint64 lastEnd);
    Error failure();
    qint64 readPiece(const void **bytes);
    qint64 skip(qint64 bytes);
    qint64 consumed() const;
    QByteArrayView pieceFrom(qint64 position) const;
    void keepHeaders();
    QByteArrayView headers();

    struct FreeArchive
    {
        void operator()(archive *tar) const;
    };
    static constexpr qint64 notInHeaders = -1;

    QString m_path;
    std::unique_ptr<BundleStream> m_stream;
    CancelToken m_cancel;
    QByteArrayView m_piece;    ///< of the stream, the last that came
    qint64 m_delivered = 0;    ///< where that piece ends in the tar
    bool m_isAtEnd = false;    ///< of the stream
    bool m_isCutShort = false; ///< the stream is whole, and the tar is not
    std::optional<Error> m_streamError;
    qint64 m_headersAt = notInHeaders; ///< where those of the next entry begin in the tar
    QByteArray m_headers;              ///< what has come of them, less what is in the last piece
    QByteArray m_name;                 ///< of the entry that is read
    qint64 m_entryRead = 0;
    bool m_isOpen = false;
    bool m_hasEntries = false;
    std::unique_ptr<archive, FreeArchive> m_tar; ///< reads from the above
};

} // namespace layerpool
