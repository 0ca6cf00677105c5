// SPDX-License-Identifier: Apache-2.0
#include "image/ArtifactKind.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

TEST(ArtifactKindTest, IsToldByTheTypeThatItsMakerGave)
{
    EXPECT_EQ(artifactKindOf(u"application/vnd.dev.cosign.artifact.sig.v1+json"_s), ArtifactKind::Signature);
    EXPECT_EQ(artifactKindOf(u"application/vnd.cncf.notary.signature"_s), ArtifactKind::Signature);
    EXPECT_EQ(artifactKindOf(u"application/vnd.in-toto+json"_s), ArtifactKind::Attestation);
    EXPECT_EQ(artifactKindOf(u"application/spdx+json"_s), ArtifactKind::Sbom);
    EXPECT_EQ(artifactKindOf(u"application/vnd.cyclonedx+json"_s), ArtifactKind::Sbom);
    EXPECT_EQ(artifactKindOf(u"application/octet-stream"_s), ArtifactKind::Other);
    EXPECT_EQ(artifactKindOf(QString()), ArtifactKind::Other);
}

TEST(ArtifactKindTest, IsToldByCosignsTags)
{
    const QString subject = u"sha256-"_s + QString(64, u'a');
    for (const auto &[ending, kind] :
         {std::pair(u".sig"_s, ArtifactKind::Signature), std::pair(u".att"_s, ArtifactKind::Attestation),
          std::pair(u".sbom"_s, ArtifactKind::Sbom), std::pair(QString(), ArtifactKind::Other)}) {
        const auto tag = ReferrerTag::parse(subject + ending);
        ASSERT_TRUE(tag) << ending.toStdString();
        EXPECT_EQ(artifactKindOf(*tag), kind) << ending.toStdString();
    }
}

} // namespace
} // namespace layerpool::test
