// SPDX-License-Identifier: Apache-2.0
#include "pool/ImageLinks.h"

#include "pool/PoolLayout.h"

namespace layerpool {

std::vector<ImageLinks::Link> ImageLinks::parts() const
{
    std::vector<Link> links;
    for (const Digest &digest : blobs) {
        links.push_back({layout::layerLink(repository, digest), digest});
    }
    for (const Digest &digest : manifests) {
        links.push_back({layout::revisionLink(repository, digest), digest});
    }
    return links;
}

std::vector<ImageLinks::Link> ImageLinks::tagLinks() const
{
    const QByteArray directory = layout::tag(repository, tag) + '/';
    return {{directory + layout::tagIndexLink(root), root}, {directory + layout::tagCurrentLink, root}};
}

ImageLinks ImageLinks::of(const PoolTag &tag, const Closure &closure)
{
    ImageLinks links{tag.repository, tag.tag, tag.digest, closure.manifests, {}};
    for (const Descriptor &blob : closure.blobs) {
        links.blobs.push_back(blob.digest);
    }
    return links;
}

} // namespace layerpool
