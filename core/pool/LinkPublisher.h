// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/ImageLinks.h"
#include "pool/WriterSession.h"

#include <map>
#include <vector>

namespace layerpool {

/// Gives images their names in a pool: all links are staged first, then moved in, those of a tag last, with
/// the disk brought up to date between the steps. For one batch; the blobs are in the pool already.
class LinkPublisher
{
public:
    /// Both must outlive it.
    LinkPublisher(const Pool &pool, WriterSession &session) : m_pool(pool), m_session(session) {}

    /// And keeps the bytes of the indexes beside the pool. Errors: Storage, NoSpace.
    Status publish(const std::vector<ImageLinks> &images, const std::vector<Manifest> &indexes);

private:
    struct StagedLink
    {
        QByteArray from;
        QByteArray to;
    };
    /// A repository that the pool has not yet: staged as a tree below `staged`.
    struct NewRepository
    {
        QByteArray staged;
        std::vector<ImageLinks> images;
    };

    Status stageNew(const ImageLinks &image);
    Status publishNew(std::vector<ImageLinks> &late);
    Status stageImage(const ImageLinks &image);
    Status stageTag(const ImageLinks &image);
    Status stageLink(const QByteArray &to, const Digest &digest, std::vector<StagedLink> &links);
    Status moveInto(const std::vector<StagedLink> &links);

    const Pool &m_pool;
    WriterSession &m_session;
    std::map<RepositoryName, NewRepository> m_fresh;
    std::vector<StagedLink> m_links;
    std::vector<StagedLink> m_tags;
};

} // namespace layerpool
