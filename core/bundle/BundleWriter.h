// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Pieces.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleOutput.h"
#include "image/Descriptor.h"

#include <QIODevice>

#include <functional>

namespace layerpool {

/// Writes the entries of a bundle, in the order in which they come. The bytes depend on nothing but these.
/// For one thread.
class BundleWriter
{
public:
    /// The output must outlive it. Errors: Storage.
    static Result<std::unique_ptr<BundleWriter>> create(BundleFormat format, BundleOutput &output);
    virtual ~BundleWriter() = default;

    virtual Status addDirectory(const QByteArray &path) = 0;
    virtual Status addFile(const QByteArray &path, QByteArrayView bytes) = 0;
    /// Streams a blob, and hashes it as it goes: Corrupt where it is not what its digest says. One whose
    /// bytes would go nowhere (BundleOutput) is not read. `moved` is called with the bytes of each piece.
    Status addBlob(const QByteArray &path, const Descriptor &blob, QIODevice &from, const CancelToken &cancel,
                   const std::function<void(qint64)> &moved);
    /// The same of a program, which can be run where it is unpacked.
    Status addProgram(const QByteArray &path, const Descriptor &program, QIODevice &from,
                      const CancelToken &cancel, const std::function<void(qint64)> &moved);
    /// Nothing is added any more.
    virtual Status close() = 0;

protected:
    enum class Kind { Folder, File, Program };

    /// An entry of so many bytes, which follow.
    virtual Status beginFile(const QByteArray &path, Kind kind, qint64 size) = 0;
    /// They share the piece's bytes.
    virtual Status addPiece(const QByteArray &piece, QByteArrayView part) = 0;
    virtual Status endFile() = 0;
    /// Whether so many bytes of an entry that has begun would go nowhere, and tell nothing of what follows.
    virtual bool passesOver(qint64) const { return false; }

    static constexpr qsizetype pieceBytes = 1024 * 1024;

private:
    Status addBytes(const Descriptor &blob, const QByteArray &path, QIODevice &from,
                    const CancelToken &cancel, const std::function<void(qint64)> &moved);
    Status passOver(qint64 bytes, const CancelToken &cancel, const std::function<void(qint64)> &moved);

    Pieces m_pieces{pieceBytes}; ///< of blobs
};

} // namespace layerpool
