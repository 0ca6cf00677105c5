// SPDX-License-Identifier: Apache-2.0
#include "bundle/SelectionContent.h"

#include <iterator>

namespace layerpool {

BundleContent contentOf(std::vector<ImageLinks> images, const std::vector<Descriptor> &blobs)
{
    struct Links
    {
        std::vector<Digest> layers;
        std::vector<Digest> revisions;
    };
    BundleContent content;
    std::map<RepositoryName, Links> all;
    for (ImageLinks &of : images) {
        Links &links = all[of.repository];
        std::move(of.blobs.begin(), of.blobs.end(), std::back_inserter(links.layers));
        std::move(of.manifests.begin(), of.manifests.end(), std::back_inserter(links.revisions));
        if (!of.tag.isEmpty()) {
            content.repositories[of.repository].tags.emplace(of.tag, of.root);
        }
    }
    for (auto &[name, links] : all) {
        BundleContent::Repository &repository = content.repositories[name];
        repository.layers = DigestSet(std::move(links.layers));
        repository.revisions = DigestSet(std::move(links.revisions));
    }
    for (const Descriptor &blob : blobs) {
        content.blobBytes += content.blobs.emplace(blob.digest, blob.size).second ? blob.size : 0;
    }
    return content;
}

BundleContent contentOf(const Selection &selection)
{
    std::vector<ImageLinks> images;
    for (const Selection::Image &image : selection.images) {
        images.push_back(ImageLinks::of(image.tag, image.closure));
    }
    return contentOf(std::move(images), selection.blobs);
}

} // namespace layerpool
