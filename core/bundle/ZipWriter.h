// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleWriter.h"

namespace layerpool {

/// A zip whose entries are stored as they are, each with the fields of Zip64, whatever its size. Its sums
/// follow the bytes (data descriptors), so that it is written from its start to its end.
class ZipWriter final : public BundleWriter
{
public:
    /// The output must outlive it. Errors: Storage.
    static Result<std::unique_ptr<ZipWriter>> create(BundleOutput &output);
    ~ZipWriter() override;

    Status addDirectory(const QByteArray &path) override;
    Status addFile(const QByteArray &path, QByteArrayView bytes) override;
    Status close() override;

protected:
    Status beginFile(const QByteArray &path, Kind kind, qint64 size) override;
    Status addPiece(const QByteArray &piece, QByteArrayView part) override;
    Status endFile() override;

private:
    explicit ZipWriter(BundleOutput &output) : m_output(output) {}

    Status open();
    Status begin(const QByteArray &path, Kind kind);
    qint64 position() const { return m_output.written() + m_filled; }
    Status writeOut(QByteArrayView bytes);
    Status flush();
    Error failure() const;

    BundleOutput &m_output;
    Pieces m_buffers{pieceBytes};             ///< bytes of the zip that are written together
    QByteArray *m_buffer = &m_buffers.free(); ///< that is filled
    qsizetype m_filled = 0;                   ///< bytes of it
    std::optional<Error> m_writeError;
    void *m_zip = nullptr;
};

} // namespace layerpool
