// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"
#include "pool/PoolBlob.h"

#include <QDateTime>
#include <QHash>

#include <limits>
#include <span>
#include <vector>

namespace layerpool {

/// What a manifest says of one of its parts: of a child, or of the config or a layer.
struct PoolPart
{
    int blob = 0; ///< position, see PoolManifests
    int kind = 0;
    qint64 size = 0; ///< bytes, as declared; Descriptor::unknownSize where nobody says
};

/// A manifest or index that the pool has and that can be read.
struct PoolManifest
{
    static constexpr qint64 noTime = std::numeric_limits<qint64>::min();

    int blob = 0; ///< its own position
    int kind = 0; ///< of an image: with its config's platform
    int firstPart = 0;
    int parts = 0;
    qint64 created = noTime; ///< of an image, as its config says; milliseconds since 1970
    bool isIndex = false;
    bool hasConfig = false; ///< as the first of its parts
};

/// What the manifests of a pool say, in a few bytes for each part, since there may be half a million of them.
/// A digest is known by its position: those of the pool's blobs in their order, then those of blobs that are
/// named and not there.
class PoolManifests
{
public:
    /// What many parts have in common.
    struct Kind
    {
        QByteArray mediaType;
        std::optional<Platform> platform;
    };
    struct Added
    {
        const Manifest &manifest;
        std::vector<int> positions; ///< of its parts; notThere for those that the pool lacks
        std::optional<Platform> platform = {};
        QDateTime created = {};
    };
    static constexpr int notThere = -1;

    PoolManifests() = default;
    explicit PoolManifests(int blobs) : m_blobs(blobs), m_byBlob(std::size_t(blobs), notThere) {}

    /// The position of a blob that is there; it must not have been added before.
    void add(int blob, const Added &added);
    void shrink();

    /// Null where the blob is none, or none that can be read.
    const PoolManifest *at(int blob) const
    {
        const bool isManifest = blob >= 0 && blob < m_blobs && m_byBlob[std::size_t(blob)] != notThere;
        return isManifest ? &m_manifests[std::size_t(m_byBlob[std::size_t(blob)])] : nullptr;
    }
    /// The children of an index; the config (if it has one) and the layers of an image, lowest first.
    std::span<const PoolPart> partsOf(const PoolManifest &manifest) const
    {
        return std::span(m_parts).subspan(std::size_t(manifest.firstPart), std::size_t(manifest.parts));
    }
    const Kind &kindOf(int kind) const { return m_kinds[std::size_t(kind)]; }
    bool isForeign(const PoolPart &part) const
    {
        return mediatype::isForeignLayer(kindOf(part.kind).mediaType);
    }
    /// Whether any part is.
    bool hasForeign() const;
    bool isThere(int blob) const { return blob < m_blobs; }
    /// Of one that is not there.
    const Digest &missing(int blob) const { return m_missing[std::size_t(blob - m_blobs)]; }
    /// The position of one that is not there, notThere where no manifest names it.
    int findMissing(const Digest &digest) const { return m_missingPositions.value(digest, notThere); }

private:
    int positionOfMissing(const Digest &digest);
    int kind(const QByteArray &mediaType, const std::optional<Platform> &platform);

    int m_blobs = 0;
    std::vector<int> m_byBlob; ///< its manifest, by a blob's position
    std::vector<PoolManifest> m_manifests;
    std::vector<PoolPart> m_parts;
    std::vector<Kind> m_kinds;
    QHash<size_t, QList<int>> m_kindsByHash;
    std::vector<Digest> m_missing;
    QHash<Digest, int> m_missingPositions;
};

} // namespace layerpool
