// SPDX-License-Identifier: Apache-2.0
#include "image/Attestations.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

QByteArray digest(char letter)
{
    return "sha256:" + QByteArray(64, letter);
}

QByteArray child(char letter, const QByteArray &os, const QByteArray &annotations = {})
{
    return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,"digest":")" +
           digest(letter) + R"(","platform":{"os":")" + os + R"(","architecture":")" +
           (os == "linux" ? "amd64" : os) + "\"}" +
           (annotations.isEmpty() ? QByteArray() : R"(,"annotations":{)" + annotations + '}') + '}';
}

QByteArray of(char letter)
{
    return R"("vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":")" +
           digest(letter) + '"';
}

Manifest index(const QByteArrayList &children)
{
    const auto parsed =
        Manifest::parse(R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
                        R"("manifests":[)" +
                        children.join(',') + "]}");
    EXPECT_TRUE(parsed);
    return *parsed;
}

TEST(Attestations, AreToldByTheirPlatformAndWhatTheySpeakOf)
{
    const auto found = attestationsOf(
        index({child('a', "linux"), child('1', "unknown", of('a')), child('2', "unknown"),
               child('3', "linux", of('a')), child('4', "unknown", R"("vnd.docker.reference.digest":"a")"),
               child('5', "unknown", of('b'))}));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].descriptor.digest.toByteArray(), digest('1'));
    EXPECT_EQ(found[0].subject.toByteArray(), digest('a'));
    EXPECT_EQ(found[1].descriptor.digest.toByteArray(), digest('5'));
    EXPECT_EQ(found[1].subject.toByteArray(), digest('b'));
}

TEST(Attestations, AnImageHasNone)
{
    EXPECT_TRUE(attestationsOf(index({})).empty());
}

} // namespace
} // namespace layerpool::test
