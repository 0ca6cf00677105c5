// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DigestSet.h"
#include "pool/StagedBlob.h"
#include "pool/WriterSession.h"

#include <unordered_map>

namespace layerpool {

/// Whole blobs of one writer that may not be published yet: an import has read thousands before it knows that
/// any of them is wanted. They are closed, and out of reach of other writers, who would otherwise write into
/// them. What lies here when the writer ends is there for a later run, which hashes it again. For one thread.
class BlobShelf
{
public:
    /// Both must outlive it.
    BlobShelf(const Pool &pool, const WriterSession &session) : m_pool(pool), m_session(session) {}

    /// Takes a blob that has finished. Errors: Storage.
    Status take(std::unique_ptr<StagedBlob> blob);
    /// Bytes; nothing where it is not here.
    std::optional<qint64> blobSize(const Digest &digest) const;
    bool empty() const { return m_sizes.empty(); }
    /// NotFound, Corrupt, Unsupported.
    Result<Manifest> manifest(const Digest &digest) const;

    /// Every blob here with its size in bytes.
    const std::unordered_map<Digest, qint64> &sizes() const { return m_sizes; }
    QByteArray nameOf(const Digest &digest) const { return m_session.nameOf(digest); }

    /// Throws away what is not in the set.
    void keepOnly(const DigestSet &wanted);
    /// Throws all away: a bundle that is refused leaves nothing.
    void discard() { keepOnly({}); }
    /// They have got their final names.
    void forget() { m_sizes.clear(); }

private:
    const Pool &m_pool;
    const WriterSession &m_session;
    std::unordered_map<Digest, qint64> m_sizes;
};

} // namespace layerpool
