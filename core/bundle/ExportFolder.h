// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "image/Descriptor.h"
#include "pool/Pool.h"

#include <map>

namespace layerpool {

/// Fills a folder with blobs of a pool and small files. Layers are hard links to the pool's, or copies where
/// that is not possible; whatever was copied or written gets its name by `publish`, when it is on the disk.
/// Nothing is taken away. For one thread.
class ExportFolder
{
public:
    enum class Taken { WasThere, Linked, Copied };
    /// Beside the files while one is at work: a folder with this in it is one whose filling was cut off.
    static constexpr char stagingFolder[] = ".layerpool-export";

    /// Makes the folder where it is not there. Errors: Conflict (another one fills it), Storage, NoSpace.
    static Result<ExportFolder> open(const QString &path);
    ExportFolder(ExportFolder &&) = default;
    ExportFolder &operator=(ExportFolder &&) = delete;
    ~ExportFolder();

    const DurableDirectory &files() const { return m_folder; }

    /// Gives the blob this name here. Errors: Corrupt (it is not what the pool should have), Storage,
    /// NoSpace, Cancelled.
    Result<Taken> take(const Pool &pool, const Descriptor &blob, const QByteArray &file,
                       const CancelToken &cancel);
    /// Bytes in the place of what is there.
    Status write(const QByteArray &file, QByteArrayView bytes);
    /// In the order in which they came.
    Status publish();

private:
    struct Waiting
    {
        QByteArray staged;
        QByteArray file;
        Digest copy = {}; ///< of a blob, what it is
    };

    ExportFolder(DurableDirectory folder, UniqueFd lock)
        : m_folder(std::move(folder)), m_lock(std::move(lock))
    {
    }

    QByteArray nextStaged();
    Status makeParents(const QByteArray &file) const;
    Result<bool> link(const DurableDirectory &from, const QByteArray &name, const QByteArray &staged);
    Status copy(const Pool &pool, const Descriptor &blob, const QByteArray &staged,
                const CancelToken &cancel) const;

    DurableDirectory m_folder;
    UniqueFd m_lock;
    bool m_canLink = true;                 ///< to the pool's, until the file system has said that it can't
    std::map<Digest, QByteArray> m_copies; ///< where the first one is: the next may be links to it
    std::vector<Waiting> m_waiting;
    int m_count = 0;
};

} // namespace layerpool
