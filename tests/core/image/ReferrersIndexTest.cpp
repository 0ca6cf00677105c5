// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersIndex.h"

#include <algorithm>

namespace layerpool {
namespace {

using test::isOk;

Manifest manifest(const QByteArray &more)
{
    return *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)" + more +
        R"("config":{"mediaType":"application/x.config","digest":"sha256:)" + QByteArray(64, 'a') +
        R"(","size":2},"layers":[]})");
}

// Each has its number in it, and so a digest of its own.
std::vector<Manifest> thousand(const QByteArray &name, qsizetype bytesOfEach)
{
    std::vector<Manifest> manifests;
    for (int i = 0; i < 1000; ++i) {
        QByteArray text = QByteArray::number(i);
        text += QByteArray(bytesOfEach - text.size(), 'x');
        manifests.push_back(manifest(name == "artifactType" ? R"("artifactType":")" + text + R"(",)"
                                                            : R"("annotations":{"a":")" + text + R"("},)"));
    }
    return manifests;
}

Manifest indexOf(std::vector<Manifest> referrers)
{
    return referrersIndex(std::move(referrers))->index;
}

TEST(ReferrersIndexTest, SaysOfEachWhatTheSpecAsks)
{
    const Manifest typed = manifest(R"("artifactType":"application/sbom","annotations":{"b":"2","a":"1"},)");
    const Manifest index = indexOf({typed});
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
    EXPECT_TRUE(indexOf({manifest("")}).bytes().contains(R"("artifactType":"application/x.config")"));
}

TEST(ReferrersIndexTest, TheOrderDoesNotCount)
{
    const Manifest a = manifest(R"("annotations":{"n":"a"},)");
    const Manifest b = manifest(R"("annotations":{"n":"b"},)");
    EXPECT_EQ(indexOf({a, b}).bytes(), indexOf({b, a}).bytes());
    EXPECT_NE(indexOf({a, b}).bytes(), indexOf({a}).bytes());
}

TEST(ReferrersIndexTest, WhereThereIsNoRoomForAnnotationsTheyAreLeftOut)
{
    const Result<ReferrersIndex> made = referrersIndex(thousand("annotations", 5000));
    ASSERT_TRUE(isOk(made));
    EXPECT_TRUE(made->lacksAnnotations);
    EXPECT_TRUE(made->leftOut.empty());
    EXPECT_EQ(made->index.children().size(), 1000U);
    EXPECT_FALSE(made->index.bytes().contains("annotations"));
    EXPECT_FALSE(referrersIndex(thousand("annotations", 500))->lacksAnnotations);
}

TEST(ReferrersIndexTest, WhereThereIsNoRoomForAllThoseThatSayMostAreLeftOut)
{
    std::vector<Manifest> referrers = thousand("artifactType", 5000);
    const Manifest modest = manifest("");
    referrers.push_back(modest);
    const Result<ReferrersIndex> made = referrersIndex(referrers);
    ASSERT_TRUE(isOk(made));
    EXPECT_GT(made->leftOut.size(), 100U);
    EXPECT_EQ(made->index.children().size() + made->leftOut.size(), referrers.size());
    EXPECT_EQ(std::count(made->leftOut.begin(), made->leftOut.end(), modest.digest()), 0);
    std::reverse(referrers.begin(), referrers.end());
    EXPECT_EQ(referrersIndex(referrers)->index.bytes(), made->index.bytes());
}

} // namespace
} // namespace layerpool
