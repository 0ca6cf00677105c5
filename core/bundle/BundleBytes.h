// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace layerpool {

/// The bytes of a bundle as they lie on the disk: those of its file, or of its volumes one after another.
/// For one thread.
class BundleBytes
{
public:
    /// Of the file, or of any volume. Errors: NotFound (a volume, too), BadInput (no file, or one that can't
    /// be opened), Storage.
    static Result<BundleBytes> open(const QString &path);

    /// `size` bytes from where it stands, fewer at the end alone. Errors: Storage.
    Result<qint64> read(char *buffer, qint64 size);
    /// The first four, or fewer; it stands at the start afterwards.
    Result<QByteArray> magic();
    /// To any place from the start to the end.
    void seek(qint64 position) { m_position = position; }

    qint64 position() const { return m_position; }
    qint64 size() const { return m_size; }

private:
    struct File
    {
        QString path;
        qint64 end = 0; ///< where the next one begins
        UniqueFd fd;    ///< of the one that is read
    };

    Status reach(std::size_t file);
    Result<qint64> readSome(char *buffer, qint64 size);

    std::vector<File> m_files;
    std::size_t m_open = 0;
    qint64 m_position = 0;
    qint64 m_size = 0;
};

} // namespace layerpool
