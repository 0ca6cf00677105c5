// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/BackgroundDigester.h"
#include "base/CancelToken.h"
#include "base/DurableDirectory.h"
#include "image/Descriptor.h"

#include <array>
#include <functional>
#include <memory>

struct archive;

namespace layerpool {

/// Writes a plain tar (POSIX pax, extended headers only where they are needed) whose bytes depend on nothing
/// but what is added and in which order: owner 0, fixed modes and one fixed time. The file appears under
/// its name, whole and on the disk, with `publish`; until then, and after a failure, nothing is there.
class TarWriter
{
public:
    /// Errors: Storage, NoSpace.
    static Result<std::unique_ptr<TarWriter>> create(const QString &path);
    ~TarWriter();

    Status addDirectory(const QByteArray &path);
    /// Many bytes, as of an index, stay as they are until the writer is closed or gone.
    Status addFile(const QByteArray &path, QByteArrayView bytes);
    /// Streams a blob, and hashes it as it goes: Corrupt where it is not what its digest says.
    /// `moved` is called with the bytes of each piece.
    Status addBlob(const QByteArray &path, const Descriptor &blob, const UniqueFd &from,
                   const CancelToken &cancel, const std::function<void(qint64)> &moved);

    /// What the whole file has become.
    struct Written
    {
        qint64 bytes = 0;
        Digest digest; ///< sha256
    };
    /// Nothing is added any more; all of it is on the disk.
    Result<Written> close();
    /// After `close`. Conflict where the name was taken meanwhile and `replaces` is not set.
    Status publish(bool replaces);

private:
    TarWriter(QString path, DurableDirectory directory);

    Status addHeader(const QByteArray &path, bool isDirectory, qint64 size);
    Status writeData(QByteArrayView bytes);
    Status writeOut(QByteArrayView bytes);
    Status flush();
    Status put(QByteArrayView bytes);
    Error archiveError() const;

    struct FreeArchive
    {
        void operator()(archive *tar) const;
    };

    QString m_path;
    DurableDirectory m_directory;
    QByteArray m_name;
    QByteArray m_temporary;
    UniqueFd m_fd;
    // What is hashed stays as it is until the next is: so there are two of each, in turn.
    std::array<QByteArray, 2> m_pieces; ///< of blobs
    std::size_t m_piece = 0;
    std::array<QByteArray, 2> m_small; ///< headers and links, written together
    std::size_t m_turn = 0;
    BackgroundDigester m_digester{Digest::Algorithm::Sha256}; ///< of the whole file
    std::optional<Error> m_writeError;
    std::unique_ptr<archive, FreeArchive> m_tar;
};

} // namespace layerpool
