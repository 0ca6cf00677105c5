// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleWriter.h"
#include "pool/Selection.h"

#include <map>
#include <set>

namespace layerpool {

struct ImageLinks;

/// The folders and files of a bundle's images, in the order of their paths: `blobs` before `repositories`,
/// payload before links.
class BundleTree
{
public:
    /// Of these images, without the blobs that are left out.
    BundleTree(const Selection &selection, const std::map<Digest, qint64> &leftOut);

    qint64 entries() const
    {
        return static_cast<qint64>(m_directories.size() + m_blobs.size() + m_links.size());
    }

    /// Errors: Corrupt (a blob is missing, or not what its digest says), Storage, NoSpace, Cancelled.
    Status write(BundleWriter &writer, const Pool &pool, const CancelToken &cancel,
                 const std::function<void(qint64)> &moved) const;

private:
    struct Target;

    void addLinks(const ImageLinks &image);
    void addParents(const QByteArray &path);
    Status writeFilesOf(const QByteArray &directory, const Target &target) const;

    std::set<QByteArray> m_directories;
    std::map<QByteArray, Descriptor> m_blobs;
    std::map<QByteArray, Digest> m_links;
};

} // namespace layerpool
