// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ByteSink.h"
#include "base/CancelToken.h"
#include "base/Digester.h"
#include "base/DurableDirectory.h"
#include "image/Descriptor.h"

namespace layerpool {

/// A blob on its way into a pool: a file in the staging area, named by its digest and held by this process
/// alone, hashed as it is written. What an earlier run left there is hashed again and kept, so that a
/// transfer goes on from its end.
class StagedBlob final : public ByteSink
{
public:
    /// Bytes that stay free on the disk: for links, folders and the file system itself.
    static constexpr qint64 reserveBytes = 16 * 1024 * 1024;

    /// `size` in bytes as declared: its room is reserved, and more is refused as it comes. Of an unknown size
    /// the digest alone decides; it may have no end, so that it stops at the disk's reserve, and gives its
    /// room back then.
    /// Errors: Storage, NoSpace, Cancelled.
    static Result<std::unique_ptr<StagedBlob>> open(const DurableDirectory &files, const Digest &digest,
                                                    qint64 size, const CancelToken &cancel);
    ~StagedBlob() override;

    /// Where a blob is staged, unless another program stages it there at the moment.
    static QByteArray nameOf(const Digest &digest);
    /// Whether it is the name of a second file for a blob that another program stages too.
    static bool isSpare(const QByteArray &name);

    const Digest &digest() const { return m_digest; }
    const QByteArray &stagedName() const { return m_name; }

    qint64 received() const override { return m_received; }
    Status append(QByteArrayView bytes) override;
    Status restart() override;
    Status finish() override;

private:
    StagedBlob(const DurableDirectory &files, Digest digest, qint64 size, QByteArray name, UniqueFd fd);
    Status takeUpWhatIsThere(const CancelToken &cancel);
    Status reserve();
    Status keepReserve(qint64 bytes) const;
    Status clear();
    bool hasSize() const { return m_size != Descriptor::unknownSize; }
    bool isTooLong(qint64 bytes) const { return hasSize() && bytes > m_size; }

    const DurableDirectory &m_files;
    Digest m_digest;
    qint64 m_size;
    QByteArray m_name;
    UniqueFd m_fd; ///< locked; open until the blob is published
    Digester m_digester;
    qint64 m_received = 0;
};

} // namespace layerpool
