// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolReferrers.h"

#include "image/Attestations.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace layerpool {
namespace {

// As the list has it, else the type of what the artifact carries.
QString typeOfArtifact(const PoolIndex &index, const QString &listed, const Digest &digest)
{
    const Manifest *artifact = listed.isEmpty() ? index.manifest(digest) : nullptr;
    return artifact != nullptr && !artifact->layers().empty()
               ? QString::fromLatin1(artifact->layers().front().mediaType)
               : listed;
}

// Told without reading the index, which most images would not need.
bool mayHaveAttestations(const PoolIndex &index, const PoolManifest &manifest)
{
    const auto parts = index.manifests().partsOf(manifest);
    return manifest.isIndex && std::any_of(parts.begin(), parts.end(), [&](const PoolPart &part) {
               const std::optional<Platform> &platform = index.manifests().kindOf(part.kind).platform;
               return platform && platform->isUnknown();
           });
}

} // namespace

std::vector<PoolReferrer> referrersAt(const PoolIndex &index, const PoolTag &tag)
{
    const auto named = ReferrerTag::parse(tag.tag);
    if (!named) {
        return {};
    }
    const Manifest *list = named->ending.isEmpty() ? index.manifest(tag.digest) : nullptr;
    if (list == nullptr || list->children().empty()) {
        return {{artifactKindOf(*named), tag.digest}};
    }
    std::vector<PoolReferrer> referrers;
    const QJsonArray entries =
        QJsonDocument::fromJson(list->bytes()).object().value(QLatin1String("manifests")).toArray();
    for (const QJsonValue &entry : entries) {
        if (const auto digest = Digest::parse(entry[QLatin1String("digest")].toString())) {
            const QString type =
                typeOfArtifact(index, entry[QLatin1String("artifactType")].toString(), *digest);
            referrers.push_back({artifactKindOf(type), *digest, type});
        }
    }
    return referrers;
}

std::vector<PoolReferrer> attestationsIn(const PoolIndex &index, const Digest &image)
{
    const PoolManifest *known = index.manifestOf(image);
    const Manifest *manifest =
        known != nullptr && mayHaveAttestations(index, *known) ? index.manifest(image) : nullptr;
    std::vector<PoolReferrer> referrers;
    if (manifest != nullptr) {
        for (const Attestation &attestation : attestationsOf(*manifest)) {
            referrers.push_back({ArtifactKind::Attestation, attestation.descriptor.digest});
        }
    }
    return referrers;
}

} // namespace layerpool
