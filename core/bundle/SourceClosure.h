// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "bundle/SourceImages.h"

#include <unordered_set>

namespace layerpool {

/// Finds by the manifests what the images of a source are made of, before any other byte is read. A child
/// that is not there is no part of its index: many programs keep the image of one platform, and the index
/// that names them all.
class SourceClosure
{
public:
    /// Both must outlive it.
    SourceClosure(const SourceFiles &files, const SourceImages &images) : m_files(files), m_images(images) {}

    /// Errors: BadInput (a manifest is missing, or can't be read), Storage, Cancelled.
    Result<BundleContent> find(const CancelToken &cancel);

private:
    struct Links
    {
        std::unordered_set<Digest> layers;
        std::unordered_set<Digest> revisions;
        std::map<QString, Digest> tags;
    };

    Status addManifest(const Digest &digest, Links &links, int depth);
    Status addChildren(const Manifest &index, Links &links, int depth);
    void addBlob(const Digest &digest);
    std::optional<qint64> sizeOf(const Digest &digest) const;

    const SourceFiles &m_files;
    const SourceImages &m_images;
    BundleContent m_content;
};

} // namespace layerpool
