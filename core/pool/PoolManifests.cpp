// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolManifests.h"

#include <algorithm>

namespace layerpool {

void PoolManifests::add(int blob, const Added &added)
{
    const Manifest &manifest = added.manifest;
    PoolManifest entry;
    entry.blob = blob;
    entry.kind = kind(manifest.mediaType(), added.platform);
    entry.firstPart = int(m_parts.size());
    entry.parts = int(added.positions.size());
    entry.isIndex = manifest.isIndex();
    entry.hasConfig = !manifest.config().digest.isNull();
    if (added.created.isValid()) {
        entry.created = added.created.toMSecsSinceEpoch();
    }
    if (m_parts.size() + added.positions.size() > m_parts.capacity()) {
        m_parts.reserve(m_parts.size() + m_parts.size() / 4 + added.positions.size()); // not by its double
    }
    auto position = added.positions.begin();
    const auto addPart = [&](const Descriptor &part) {
        const int there = *position++;
        m_parts.push_back({there != notThere ? there : positionOfMissing(part.digest),
                           kind(part.mediaType, part.platform), part.size});
    };
    if (entry.hasConfig) {
        addPart(manifest.config());
    }
    const std::vector<Descriptor> &others = manifest.isIndex() ? manifest.children() : manifest.layers();
    std::for_each(others.begin(), others.end(), addPart);
    m_byBlob[std::size_t(blob)] = int(m_manifests.size());
    m_manifests.push_back(entry);
}

void PoolManifests::shrink()
{
    m_manifests.shrink_to_fit();
    m_parts.shrink_to_fit();
    m_missing.shrink_to_fit();
}

bool PoolManifests::hasForeign() const
{
    return std::any_of(m_kinds.begin(), m_kinds.end(),
                       [](const Kind &kind) { return mediatype::isForeignLayer(kind.mediaType); });
}

int PoolManifests::positionOfMissing(const Digest &digest)
{
    const auto known = m_missingPositions.constFind(digest);
    if (known != m_missingPositions.constEnd()) {
        return *known;
    }
    const int position = m_blobs + int(m_missing.size());
    m_missing.push_back(digest);
    m_missingPositions.insert(digest, position);
    return position;
}

int PoolManifests::kind(const QByteArray &mediaType, const std::optional<Platform> &platform)
{
    const Platform named = platform.value_or(Platform());
    const size_t hash =
        qHashMulti(0, mediaType, named.os, named.architecture, named.variant, named.osVersion);
    QList<int> &alike = m_kindsByHash[hash];
    for (const int kind : alike) {
        if (kindOf(kind).mediaType == mediaType && kindOf(kind).platform == platform) {
            return kind;
        }
    }
    m_kinds.push_back({mediaType, platform});
    alike.append(int(m_kinds.size()) - 1);
    return alike.last();
}

} // namespace layerpool
