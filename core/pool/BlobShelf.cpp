// SPDX-License-Identifier: Apache-2.0
#include "pool/BlobShelf.h"

namespace layerpool {

Status BlobShelf::take(std::unique_ptr<StagedBlob> blob)
{
    const DurableDirectory &files = m_pool.files();
    const Digest digest = blob->digest();
    if (Status moved = files.replace(blob->stagedName(), nameOf(digest)); !moved) {
        return moved;
    }
    m_sizes.insert_or_assign(digest, blob->received());
    return {};
}

std::optional<qint64> BlobShelf::blobSize(const Digest &digest) const
{
    const auto found = m_sizes.find(digest);
    return found != m_sizes.end() ? std::optional(found->second) : std::nullopt;
}

Result<Manifest> BlobShelf::manifest(const Digest &digest) const
{
    return Pool::manifestIn(m_pool.files().readFile(nameOf(digest), Manifest::maxBytes), digest);
}

void BlobShelf::keepOnly(const DigestSet &wanted)
{
    std::erase_if(m_sizes, [&](const auto &blob) {
        const bool isUnwanted = !wanted.contains(blob.first);
        if (isUnwanted) {
            (void)m_pool.files().remove(nameOf(blob.first)); // what stays behind goes with the session
        }
        return isUnwanted;
    });
}

} // namespace layerpool
