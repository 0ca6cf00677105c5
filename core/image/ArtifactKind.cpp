// SPDX-License-Identifier: Apache-2.0
#include "image/ArtifactKind.h"

#include "base/Text.h"

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

struct TypePart
{
    QLatin1String part;
    ArtifactKind kind;
};

constexpr std::array kTypeParts{
    TypePart{QLatin1String("cosign.artifact.sig"), ArtifactKind::Signature},
    TypePart{QLatin1String("sigstore.bundle"), ArtifactKind::Signature},
    TypePart{QLatin1String("notary.signature"), ArtifactKind::Signature},
    TypePart{QLatin1String("in-toto"), ArtifactKind::Attestation},
    TypePart{QLatin1String("dsse"), ArtifactKind::Attestation},
    TypePart{QLatin1String("spdx"), ArtifactKind::Sbom},
    TypePart{QLatin1String("cyclonedx"), ArtifactKind::Sbom},
    TypePart{QLatin1String("syft"), ArtifactKind::Sbom},
};

} // namespace

ArtifactKind artifactKindOf(const QString &type)
{
    const auto found = std::find_if(kTypeParts.begin(), kTypeParts.end(),
                                    [&](const TypePart &each) { return type.contains(each.part); });
    return found == kTypeParts.end() ? ArtifactKind::Other : found->kind;
}

ArtifactKind artifactKindOf(const ReferrerTag &tag)
{
    return tag.ending == QLatin1String(".sig")    ? ArtifactKind::Signature
           : tag.ending == QLatin1String(".att")  ? ArtifactKind::Attestation
           : tag.ending == QLatin1String(".sbom") ? ArtifactKind::Sbom
                                                  : ArtifactKind::Other;
}

QByteArray artifactKindName(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::Signature:
        return "signature";
    case ArtifactKind::Attestation:
        return "attestation";
    case ArtifactKind::Sbom:
        return "sbom";
    case ArtifactKind::Other:
        break;
    }
    return "other";
}

QString wordOf(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::Signature:
        return Text::tr("Signature");
    case ArtifactKind::Attestation:
        return Text::tr("Attestation");
    case ArtifactKind::Sbom:
        return Text::tr("SBOM");
    case ArtifactKind::Other:
        break;
    }
    return Text::tr("Referrer", "an artifact that belongs to an image");
}

} // namespace layerpool
