// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleEntries.h"
#include "bundle/BundleStream.h"

struct archive;
struct archive_entry;

namespace layerpool {

/// The entries of a tar. Links (unless they were asked for), devices and sparse files refuse the whole. So
/// does anything that a tar program would pass over in silence: no end, or bytes after it.
class TarReader final : public BundleEntries
{
public:
    /// `cancel` is heard between two pieces.
    TarReader(QString path, std::unique_ptr<BundleStream> stream, CancelToken cancel,
              TarLinks links = TarLinks::Refused);
    ~TarReader() override;
    TarReader(const TarReader &) = delete;
    TarReader &operator=(const TarReader &) = delete;

    Result<std::optional<BundleEntry>> next() override;
    Result<QByteArrayView> read() override;
    std::optional<qint64> offset() const override;

    bool isCutShort() const override { return m_isCutShort || m_stream->isCutShort(); }
    qint64 position() const override { return m_stream->position(); }
    qint64 fileBytes() const override { return m_stream->fileBytes(); }

private:
    Status open();
    Status passOver(); ///< what is left of the entry
    Result<BundleEntry> entryOf(archive_entry *entry) const;
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
    TarLinks m_links;
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
