// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersIndex.h"

namespace layerpool {
namespace {

Manifest manifest(const QByteArray &more)
{
    return *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)" + more +
        R"("config":{"mediaType":"application/x.config","digest":"sha256:)" + QByteArray(64, 'a') +
        R"(","size":2},"layers":[]})");
}

TEST(ReferrersIndexTest, SaysOfEachWhatTheSpecAsks)
{
    const Manifest typed = manifest(R"("artifactType":"application/sbom","annotations":{"b":"2","a":"1"},)");
    const Manifest index = referrersIndex({typed});
    EXPECT_EQ(
        index.bytes(),
        R"({"manifests":[{"annotations":{"a":"1","b":"2"},"artifactType":"application/sbom","digest":")" +
            typed.digest().toByteArray() +
            R"(","mediaType":"application/vnd.oci.image.manifest.v1+json","size":)" +
            QByteArray::number(typed.size()) +
            R"(}],"mediaType":"application/vnd.oci.image.index.v1+json","schemaVersion":2})");
}

TEST(ReferrersIndexTest, TheConfigsTypeStandsInForTheArtifacts)
{
    EXPECT_TRUE(referrersIndex({manifest("")}).bytes().contains(R"("artifactType":"application/x.config")"));
}

TEST(ReferrersIndexTest, TheOrderDoesNotCount)
{
    const Manifest a = manifest(R"("annotations":{"n":"a"},)");
    const Manifest b = manifest(R"("annotations":{"n":"b"},)");
    EXPECT_EQ(referrersIndex({a, b}).bytes(), referrersIndex({b, a}).bytes());
    EXPECT_NE(referrersIndex({a, b}).bytes(), referrersIndex({a}).bytes());
}

} // namespace
} // namespace layerpool
