// SPDX-License-Identifier: Apache-2.0
#include "pool/ImageLinks.h"

namespace layerpool {

ImageLinks ImageLinks::of(const PoolTag &tag, const Closure &closure)
{
    ImageLinks links{tag.repository, tag.tag, tag.digest, closure.manifests, {}};
    for (const Descriptor &blob : closure.blobs) {
        links.blobs.push_back(blob.digest);
    }
    return links;
}

} // namespace layerpool
