// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolUsage.h"

#include "pool/ClosureWalk.h"
#include "pool/PoolScan.h"

#include <algorithm>
#include <deque>
#include <numeric>

namespace layerpool {
namespace {

/// A set of positions that is emptied 100,000 times.
class Seen
{
public:
    void clear() { ++m_round; }
    std::pair<int, bool> insert(int position)
    {
        if (m_rounds.size() <= std::size_t(position)) {
            m_rounds.resize(std::size_t(position) + 1);
        }
        return {position, std::exchange(m_rounds[std::size_t(position)], m_round) != m_round};
    }

private:
    std::vector<int> m_rounds; // in which it was put in last
    int m_round = 1;
};

/// Notes what each tag needs, in the order of the tags.
class Needs
{
public:
    Needs(std::vector<PoolBlob> &blobs, const PoolManifests &manifests,
          std::vector<PoolUsage::Figures> &figures)
        : m_blobs(blobs), m_manifests(manifests), m_figures(figures)
    {
    }

    void add(const PoolRepository &repository, const PoolTag &tag)
    {
        m_repository = &repository;
        m_figures.emplace_back();
        m_seen.clear();
        const int root = positionOf(m_blobs, tag.digest);
        if (root == PoolManifests::notThere) {
            m_figures.back().isWhole = false;
        } else {
            ClosureWalk(m_blobs, m_manifests, repository, m_seen, *this).from(root);
        }
        m_ends.push_back(int(m_parts.size()));
    }

    void missing(int) { m_figures.back().isWhole = false; }
    void manifest(const PoolManifest &manifest) { need(manifest.blob, PoolBlob::Role::Manifest); }
    void blob(const PoolPart &part, bool isConfig)
    {
        if (m_manifests.isForeign(part) && !m_repository->foreign.contains(digestOf(part))) {
            return; // at its vendor's
        }
        const bool fits =
            m_manifests.isThere(part.blob) &&
            (part.size == Descriptor::unknownSize || part.size == m_blobs[std::size_t(part.blob)].bytes);
        if (fits) {
            need(part.blob, isConfig ? PoolBlob::Role::Config : PoolBlob::Role::Layer);
        } else {
            missing(part.blob);
        }
    }

    /// The same turned round: of each blob, the tags.
    std::vector<int> users()
    {
        int first = 0;
        for (PoolBlob &blob : m_blobs) {
            blob.firstUser = first;
            first += std::exchange(blob.users, 0);
        }
        std::vector<int> users(m_parts.size());
        auto part = m_parts.begin();
        for (std::size_t tag = 0; tag < m_ends.size(); ++tag) {
            for (const auto end = m_parts.begin() + m_ends[tag]; part != end; ++part) {
                PoolBlob &blob = m_blobs[std::size_t(*part)];
                users[std::size_t(blob.firstUser + blob.users++)] = int(tag);
            }
        }
        return users;
    }

private:
    const Digest &digestOf(const PoolPart &part) const
    {
        return m_manifests.isThere(part.blob) ? m_blobs[std::size_t(part.blob)].digest
                                              : m_manifests.missing(part.blob);
    }
    void need(int position, PoolBlob::Role role)
    {
        PoolBlob &blob = m_blobs[std::size_t(position)];
        if (blob.role == PoolBlob::Role::Unused || role == PoolBlob::Role::Manifest) {
            blob.role = role;
        }
        ++blob.users;
        m_parts.push_back(position);
    }

    std::vector<PoolBlob> &m_blobs;
    const PoolManifests &m_manifests;
    std::vector<PoolUsage::Figures> &m_figures;
    const PoolRepository *m_repository = nullptr;
    Seen m_seen;
    std::deque<int> m_parts; // grows without a copy
    std::vector<int> m_ends; // of each tag's, in m_parts
};

} // namespace

PoolUsage::PoolUsage(std::vector<Blob> blobs, const std::vector<PoolRepository> &repositories,
                     const PoolManifests &manifests)
    : m_blobs(std::move(blobs))
{
    group(repositories, manifests);
    addUp(repositories);
}

const PoolUsage::Blob *PoolUsage::find(const Digest &digest) const
{
    const int position = positionOf(m_blobs, digest);
    return position == PoolManifests::notThere ? nullptr : &m_blobs[std::size_t(position)];
}

void PoolUsage::group(const std::vector<PoolRepository> &repositories, const PoolManifests &manifests)
{
    m_tags.reserve(std::accumulate(
        repositories.begin(), repositories.end(), std::size_t(0),
        [](std::size_t sum, const PoolRepository &repository) { return sum + repository.tags.size(); }));
    Needs needs(m_blobs, manifests, m_tags);
    for (const PoolRepository &repository : repositories) {
        for (const PoolTag &tag : repository.tags) {
            needs.add(repository, tag);
        }
    }
    m_users = needs.users();
}

void PoolUsage::addUp(const std::vector<PoolRepository> &repositories)
{
    std::vector<int> owners; // the repository of each tag
    owners.reserve(m_tags.size());
    for (std::size_t i = 0; i < repositories.size(); ++i) {
        owners.insert(owners.end(), repositories[i].tags.size(), int(i));
    }
    m_repositories.resize(repositories.size());
    for (std::size_t tag = 0; tag < owners.size(); ++tag) {
        m_repositories[std::size_t(owners[tag])].isWhole &= m_tags[tag].isWhole;
    }
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
