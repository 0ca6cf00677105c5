// SPDX-License-Identifier: Apache-2.0
#include "bundle/SelectionContent.h"

#include "pool/ImageLinks.h"

#include <iterator>

namespace layerpool {

BundleContent contentOf(const Selection &selection)
{
    struct Links
    {
        std::vector<Digest> layers;
        std::vector<Digest> revisions;
    };
    BundleContent content;
    std::map<RepositoryName, Links> all;
    for (const Selection::Image &image : selection.images) {
        ImageLinks of = ImageLinks::of(image.tag, image.closure);
        Links &links = all[of.repository];
        std::move(of.blobs.begin(), of.blobs.end(), std::back_inserter(links.layers));
        std::move(of.manifests.begin(), of.manifests.end(), std::back_inserter(links.revisions));
        content.repositories[of.repository].tags.emplace(of.tag, of.root);
    }
    for (auto &[name, links] : all) {
        BundleContent::Repository &repository = content.repositories[name];
        repository.layers = DigestSet(std::move(links.layers));
        repository.revisions = DigestSet(std::move(links.revisions));
    }
    for (const Descriptor &blob : selection.blobs) {
        content.blobs.emplace(blob.digest, blob.size);
        content.blobBytes += blob.size;
    }
    return content;
}

} // namespace layerpool
