// SPDX-License-Identifier: Apache-2.0
#include "bundle/SourceClosure.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"

namespace layerpool {

Result<BundleContent> SourceClosure::find(const CancelToken &cancel)
{
    std::map<RepositoryName, Links> all;
    for (const SourceImages::Image &image : m_images.images) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        Links &links = all[image.repository];
        links.tags.insert_or_assign(image.tag, image.root);
        if (!sizeOf(image.root)) {
            return refusedEntry(
                m_files.path(), image.entry,
                Text::tr("it names the manifest %1, which is missing").arg(image.root.toString()));
        }
        if (Status added = addManifest(image.root, links, 0); !added) {
            return added.error();
        }
    }
    for (auto &[name, links] : all) {
        m_content.repositories[name] = {DigestSet({links.layers.begin(), links.layers.end()}),
                                        DigestSet({links.revisions.begin(), links.revisions.end()}),
                                        std::move(links.tags)};
    }
    return std::move(m_content);
}

Status SourceClosure::addManifest(const Digest &digest, Links &links, int depth)
{
    if (!links.revisions.insert(digest).second) {
        return {};
    }
    const Result<Manifest> manifest = manifestOf(m_files, m_images, digest);
    if (!manifest) {
        return manifest.error();
    }
    addBlob(digest);
    for (const Descriptor &blob : manifest->blobs()) {
        links.layers.insert(blob.digest);
        addBlob(blob.digest);
    }
    return addChildren(*manifest, links, depth);
}

Status SourceClosure::addChildren(const Manifest &index, Links &links, int depth)
{
    bool isAnyThere = index.children().empty();
    for (const Descriptor &child : index.children()) {
        if (!sizeOf(child.digest)) {
            continue;
        }
        isAnyThere = true;
        if (depth == Manifest::maxIndexDepth) {
            return refusedBundle(m_files.path(),
                                 Text::tr("the index %1 lies too deep").arg(index.digest().toString()));
        }
        if (Status added = addManifest(child.digest, links, depth + 1); !added) {
            return added;
        }
    }
    return isAnyThere
               ? Status()
               : refusedBundle(m_files.path(),
                               Text::tr("no image of the index %1 is there").arg(index.digest().toString()));
}

// What is not there, the pool may have.
void SourceClosure::addBlob(const Digest &digest)
{
    const std::optional<qint64> size = sizeOf(digest);
    if (size && m_content.blobs.emplace(digest, *size).second) {
        m_content.blobBytes += *size;
    }
}

std::optional<qint64> SourceClosure::sizeOf(const Digest &digest) const
{
    if (const auto made = m_images.made.find(digest); made != m_images.made.end()) {
        return made->second.size();
    }
    const auto file = m_images.files.find(digest);
    return file != m_images.files.end() ? std::optional(m_files.sizes().at(file->second)) : std::nullopt;
}

} // namespace layerpool
