// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleTree.h"

#include "base/Text.h"
#include "pool/ImageLinks.h"
#include "pool/PoolHints.h"
#include "pool/PoolLayout.h"

namespace layerpool {
namespace {

Error missing(const Pool &pool, const Digest &digest)
{
    return {ErrorKind::Corrupt,
            Text::tr("The blob %1 is missing").arg(digest.toString()),
            {},
            hintWhereDamaged(pool)};
}

} // namespace

struct BundleTree::Target
{
    BundleWriter &writer;
    const Pool &pool;
    const CancelToken &cancel;
    const std::function<void(qint64)> &moved;
};

BundleTree::BundleTree(const Selection &selection, const std::map<Digest, qint64> &leftOut)
{
    for (const Descriptor &blob : selection.blobs) {
        if (!leftOut.contains(blob.digest)) {
            addParents(layout::blob(blob.digest));
            m_blobs.emplace(layout::blob(blob.digest), blob);
        }
    }
    for (const Selection::Image &image : selection.images) {
        addLinks(ImageLinks::of(image.tag, image.closure));
    }
}

void BundleTree::addLinks(const ImageLinks &image)
{
    addParents(layout::layers(image.repository) + '/'); // needed even where it is empty
    for (const std::vector<ImageLinks::Link> &links : {image.parts(), image.tagLinks()}) {
        for (const auto &[path, digest] : links) {
            addParents(path);
            m_links.emplace(path, digest);
        }
    }
}

void BundleTree::addParents(const QByteArray &path)
{
    for (qsizetype slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        if (!m_directories.insert(path.first(slash)).second) {
            return;
        }
    }
}

Status BundleTree::write(BundleWriter &writer, const Pool &pool, const CancelToken &cancel,
                         const std::function<void(qint64)> &moved) const
{
    const Target target{writer, pool, cancel, moved};
    for (const QByteArray &path : m_directories) {
        if (Status written = writer.addDirectory(path); !written) {
            return written;
        }
        // A folder is followed by its files; below one there are folders or files, never both.
        if (Status written = writeFilesOf(path, target); !written) {
            return written;
        }
    }
    return {};
}

Status BundleTree::writeFilesOf(const QByteArray &directory, const Target &target) const
{
    if (const auto link = m_links.find(directory + "/link"); link != m_links.end()) {
        return target.writer.addFile(link->first, link->second.toByteArray());
    }
    const auto blob = m_blobs.find(directory + "/data");
    if (blob == m_blobs.end()) {
        return {};
    }
    const Result<std::unique_ptr<QIODevice>> from = target.pool.openBlob(blob->second.digest);
    if (!from) {
        return from.error().kind == ErrorKind::NotFound ? missing(target.pool, blob->second.digest)
                                                        : from.error();
    }
    return target.writer.addBlob(blob->first, blob->second, **from, target.cancel, target.moved);
}

} // namespace layerpool
