// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/BackgroundDigester.h"
#include "base/Result.h"
#include "base/OutputFiles.h"

#include <optional>

namespace layerpool {

/// The bytes of a bundle as they go to the disk: into one file, or into volumes of one exact size, the last
/// one shorter. Each file's sum is known in the end. One volume alone can be written, as it is among all of
/// them: the bytes of the others are counted, and go nowhere. For one thread.
class BundleOutput
{
public:
    /// One of the bundle's files, as it lies there.
    struct File
    {
        QString name;
        qint64 bytes = 0;
        Digest digest; ///< sha256
    };

    /// `volumeBytes` is 0 for one file, `onlyVolume` for all of them; else it is one's number, from 1. Makes
    /// the folder where it is not there. Errors: Storage, NoSpace.
    static Result<std::unique_ptr<BundleOutput>> create(const QString &path, qint64 volumeBytes = 0,
                                                        int onlyVolume = 0);

    /// The part of a piece; what is hashed behind shares the piece's bytes. Errors: Storage, NoSpace.
    Status write(const QByteArray &piece, QByteArrayView part);
    Status write(const QByteArray &piece) { return write(piece, piece); }
    qint64 written() const { return m_written; }
    /// Whether so many bytes from a place of the bundle on would go nowhere.
    bool passesOver(qint64 position, qint64 bytes) const;

    /// Nothing is written any more. The files that are; BadInput where the only volume is none of the
    /// bundle's.
    Result<std::vector<File>> close();
    /// After `close`: what lies beside the bundle.
    Status addBeside(const QString &name, QByteArrayView bytes) { return m_files.add(name, bytes); }
    /// Conflict where a name is taken and `replaces` is not set: then none of them is there.
    Status publish(bool replaces) { return m_files.publish(replaces); }
    /// Of all files, those beside it too.
    QStringList names() const { return m_files.names(); }

private:
    BundleOutput(QString path, qint64 volumeBytes, int onlyVolume, OutputFiles files);

    Status beginFile();
    Status endFile();
    Status put(const QByteArray &piece, QByteArrayView part);

    QString m_path;
    qint64 m_volumeBytes;
    std::size_t m_onlyVolume; ///< 0: all
    OutputFiles m_files;
    UniqueFd
        m_fd; ///< of the file that is written; none before the first byte of each, or where it goes nowhere
    std::unique_ptr<BackgroundDigester> m_digester;
    qint64 m_room = 0;        ///< in it
    std::vector<File> m_done; ///< and the one that is written; of what goes nowhere without a digest
    qint64 m_written = 0;     ///< of all of them
};

} // namespace layerpool
