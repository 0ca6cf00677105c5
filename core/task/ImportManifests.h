// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/ImageSource.h"
#include "image/Manifest.h"

#include <unordered_map>

namespace layerpool {

/// The manifests of a bundle, gathered while its names are read for a plan: by their looks, since a blob
/// stands before the link that tells what it is. In a bundle of very many they are not kept, and the plan
/// knows less.
class ImportManifests
{
public:
    /// Reads a blob as far as it may be a manifest. Errors: those of reading.
    Status take(const Descriptor &blob, BlobBytes &bytes);

    /// Whether all are here.
    bool areKept() const { return m_areKept; }
    bool has(const Digest &digest) const { return m_manifests.contains(digest); }
    /// Of one that is here. Corrupt.
    Result<Manifest> manifest(const Digest &digest) const;

private:
    void keep(const Digest &digest, QByteArray text);

    bool m_areKept = true;
    qint64 m_bytes = 0;
    std::unordered_map<Digest, QByteArray> m_manifests;
};

} // namespace layerpool
