// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/ImageSource.h"
#include "pool/PoolWriter.h"
#include "task/Task.h"

namespace layerpool {

/// Takes the blobs of a bundle onto a writer's shelf, each hashed as it comes. What the pool has already is
/// hashed all the same, and not written: a bundle is whole, or it is refused. For one thread.
class ImportIntake
{
public:
    /// Both must outlive it.
    ImportIntake(PoolWriter &writer, const TaskContext &context) : m_writer(writer), m_context(context) {}

    /// Errors: Corrupt (not what its digest says; `why` is a phrase about it), and those of reading and
    /// staging.
    Status take(const Descriptor &blob, BlobBytes &bytes);
    /// Throws away all that was taken and is not published.
    void discard();

    /// In bytes: onto the shelf, of these what an earlier run had staged, and what the pool had.
    qint64 written() const { return m_written; }
    qint64 kept() const { return m_kept; }
    qint64 reused() const { return m_reused; }

private:
    using OnPiece = std::function<Status(QByteArrayView)>;

    Status stage(const Descriptor &blob, BlobBytes &bytes);
    Status fill(StagedBlob &staged, const Descriptor &blob, BlobBytes &bytes);
    Status check(const Descriptor &blob, BlobBytes &bytes) const;
    Status forEachPiece(BlobBytes &bytes, const OnPiece &onPiece) const;

    PoolWriter &m_writer;
    const TaskContext &m_context;
    QByteArray m_unfinished; ///< the staged file of the blob that is being taken
    qint64 m_written = 0;
    qint64 m_kept = 0;
    qint64 m_reused = 0;
};

} // namespace layerpool
