// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolUsage.h"

#include "pool/PoolIndex.h"

#include <algorithm>
#include <unordered_map>

namespace layerpool {
namespace {

PoolUsage::Role roleIn(const PoolIndex &index, const Descriptor &blob, const Closure &closure)
{
    for (const Digest &digest : closure.manifests) {
        const Manifest *manifest = index.manifest(digest);
        if (manifest != nullptr && manifest->config().digest == blob.digest) {
            return PoolUsage::Role::Config;
        }
    }
    return PoolUsage::Role::Layer;
}

} // namespace

PoolUsage::PoolUsage(const PoolIndex &index)
{
    m_blobs.reserve(index.blobs().size());
    for (const auto &[digest, bytes] : index.blobs()) {
        m_blobs.push_back({digest, bytes});
    }
    group(index);
    addUp(index);
}

const PoolUsage::Blob *PoolUsage::find(const Digest &digest) const
{
    const auto found =
        std::lower_bound(m_blobs.begin(), m_blobs.end(), digest,
                         [](const Blob &blob, const Digest &key) { return blob.digest < key; });
    return found != m_blobs.end() && found->digest == digest ? &*found : nullptr;
}

// First what each tag needs, in the order of the tags; then the same turned round.
void PoolUsage::group(const PoolIndex &index)
{
    std::unordered_map<Digest, int> positions;
    positions.reserve(m_blobs.size());
    for (const Blob &blob : m_blobs) {
        positions.emplace(blob.digest, int(positions.size()));
    }
    std::vector<int> parts;
    std::vector<std::size_t> ends; // of each tag's, in `parts`
    const auto add = [&](const Digest &digest) -> Blob * {
        const auto found = positions.find(digest);
        if (found == positions.end()) {
            return nullptr;
        }
        parts.push_back(found->second);
        Blob &blob = m_blobs[std::size_t(found->second)];
        ++blob.users;
        return &blob;
    };
    for (const PoolRepository &repository : index.repositories()) {
        for (const PoolTag &tag : repository.tags) {
            const Closure closure = index.closure(tag);
            for (const Digest &manifest : closure.manifests) {
                if (Blob *blob = add(manifest)) {
                    blob->role = Role::Manifest;
                }
            }
            for (const Descriptor &part : closure.blobs) {
                if (Blob *blob = add(part.digest); blob && blob->role == Role::Unused) {
                    blob->role = roleIn(index, part, closure);
                }
            }
            ends.push_back(parts.size());
        }
    }
    int first = 0;
    for (Blob &blob : m_blobs) {
        blob.firstUser = first;
        first += std::exchange(blob.users, 0);
    }
    m_users.resize(parts.size());
    std::size_t part = 0;
    for (std::size_t tag = 0; tag < ends.size(); ++tag) {
        for (; part < ends[tag]; ++part) {
            Blob &blob = m_blobs[std::size_t(parts[part])];
            m_users[std::size_t(blob.firstUser + blob.users++)] = int(tag);
        }
    }
    m_tags.resize(ends.size());
}

void PoolUsage::addUp(const PoolIndex &index)
{
    std::vector<int> owners; // the repository of each tag
    owners.reserve(m_tags.size());
    for (std::size_t i = 0; i < index.repositories().size(); ++i) {
        owners.insert(owners.end(), index.repositories()[i].tags.size(), int(i));
    }
    m_repositories.resize(index.repositories().size());
    for (const Blob &blob : m_blobs) {
        int last = -1;
        bool isOfOne = true;
        for (const int tag : usersOf(blob)) {
            m_tags[std::size_t(tag)].bytes += blob.bytes;
            const int owner = owners[std::size_t(tag)];
            if (owner != last) {
                m_repositories[std::size_t(owner)].bytes += blob.bytes;
                isOfOne = last < 0;
                last = owner;
            }
        }
        if (blob.users == 1) {
            m_tags[std::size_t(usersOf(blob).front())].uniqueBytes += blob.bytes;
        }
        if (last >= 0 && isOfOne) {
            m_repositories[std::size_t(last)].uniqueBytes += blob.bytes;
        }
    }
}

} // namespace layerpool
