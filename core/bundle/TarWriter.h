// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleWriter.h"

struct archive;

namespace layerpool {

/// A tar (POSIX pax, extended headers only where they are needed): owner 0, fixed modes and one fixed time.
/// Plain, or packed by libarchive as one stream.
class TarWriter final : public BundleWriter
{
public:
    enum class Packing { None, Gzip, Zstd };

    /// The output must outlive it. Errors: Storage.
    static Result<std::unique_ptr<TarWriter>> create(BundleOutput &output, Packing packing = Packing::None);
    ~TarWriter() override;

    Status addDirectory(const QByteArray &path) override;
    Status addFile(const QByteArray &path, QByteArrayView bytes) override;
    Status close() override;

protected:
    Status beginFile(const QByteArray &path, Kind kind, qint64 size) override;
    Status addPiece(const QByteArray &piece, QByteArrayView part) override;
    Status endFile() override { return {}; }
    bool passesOver(qint64 bytes) const override;

private:
    TarWriter(BundleOutput &output, Packing packing) : m_output(output), m_isPlain(packing == Packing::None)
    {
    }

    Status pack(Packing packing);
    Status addHeader(const QByteArray &path, Kind kind, qint64 size);
    Status writeData(QByteArrayView bytes);
    Status writeOut(QByteArrayView bytes);
    Status flush();
    Error archiveError() const;

    struct FreeArchive
    {
        void operator()(archive *tar) const;
    };

    BundleOutput &m_output;
    bool m_isPlain;     ///< entries stand in the output byte for byte
    QByteArray m_piece; ///< of a blob, while it is written
    QByteArray m_small; ///< headers and links, written together
    std::optional<Error> m_writeError;
    std::unique_ptr<archive, FreeArchive> m_tar;
};

} // namespace layerpool
