// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "base/UniqueFd.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace layerpool {

/// What is done with a bundle to read it, each from its beginning to its end; the first two seldom.
enum class BundleStep { Sums, Unpacking, Names };

/// Called while a bundle is read: how much of it was, and how long it is; bytes.
using OnBundleRead = std::function<void(BundleStep step, qint64 position, qint64 bytes)>;

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
    /// To any place from the start to the end.
    void seek(qint64 position) { m_position = position; }

    qint64 position() const { return m_position; }
    qint64 size() const { return m_files->back().end; }
    /// The first four bytes, or fewer.
    const QByteArray &magic() const { return m_magic; }

    /// The same bytes for another reader, from their start; nothing is looked for again. Any thread.
    BundleBytes another() const { return {m_files, m_magic}; }

private:
    struct File
    {
        QString path;
        qint64 end = 0; ///< where the next one begins
    };
    using Files = std::shared_ptr<const std::vector<File>>;

    BundleBytes(Files files, QByteArray magic) : m_files(std::move(files)), m_magic(std::move(magic)) {}

    Status reach(std::size_t file);
    Result<qint64> readSome(char *buffer, qint64 size);

    Files m_files;
    QByteArray m_magic;
    UniqueFd m_fd; ///< of the file that is read; one at a time: of a thousand volumes not all may be open
    std::size_t m_open = 0;
    qint64 m_position = 0;
};

} // namespace layerpool
