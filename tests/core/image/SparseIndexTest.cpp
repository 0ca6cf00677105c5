// SPDX-License-Identifier: Apache-2.0
#include "image/SparseIndex.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

const QByteArray kAmd = "sha256:" + QByteArray(64, 'a');
const QByteArray kArm = "sha256:" + QByteArray(64, 'b');

Manifest indexOf(const QByteArray &rest = {})
{
    return *Manifest::parse(
        R"({  "schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
        R"("manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,)"
        R"("digest":")" +
        kAmd + R"(","platform":{"os":"linux","architecture":"amd64"},"annotations":{"x":"y"}},)" +
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" + kArm +
        R"(","size":8,"platform":{"os":"linux","architecture":"arm","variant":"v7"}}])" + rest + "}");
}

Descriptor descriptorOf(const QByteArray &digest, qint64 size)
{
    return {{}, *Digest::parse(QByteArrayView(digest)), size, {}};
}

TEST(SparseIndexTest, ANewIndexKeepsWhatIsThereAsItWas)
{
    const Manifest index = indexOf(R"(,"annotations":{"a":"b"})");
    const Descriptor amd = descriptorOf(kAmd, 7);
    const Result<Manifest> made = rewrittenIndex(index, {{amd.digest, amd}});
    ASSERT_TRUE(made);
    ASSERT_EQ(made->children().size(), 1U);
    EXPECT_EQ(made->children().front().digest, amd.digest);
    EXPECT_EQ(made->children().front().size, 7);
    EXPECT_EQ(made->children().front().platform, Platform::linuxAmd64());
    EXPECT_EQ(made->mediaType(), index.mediaType());
    EXPECT_TRUE(made->bytes().contains(R"("annotations":{"a":"b"})"));
    EXPECT_TRUE(made->bytes().contains(R"("annotations":{"x":"y"})"));
    EXPECT_NE(made->digest(), index.digest());
}

TEST(SparseIndexTest, TheSameIndexAndChildrenGiveTheSameBytes)
{
    const Descriptor amd = descriptorOf(kAmd, 7);
    const Manifest a = *rewrittenIndex(indexOf(), {{amd.digest, amd}});
    const Manifest b = *rewrittenIndex(indexOf(), {{amd.digest, amd}});
    EXPECT_EQ(a.bytes(), b.bytes());
    EXPECT_EQ(a.digest().toByteArray(),
              "sha256:719c49fc7d04802c03bed5131c2aa55156b836e6acc2a9f258a784eda6f2b3d1")
        << "on every machine, and for ever";
}

TEST(SparseIndexTest, AChildMadeAnewIsNamedByItsNewDigest)
{
    const Digest was = *Digest::parse(QByteArrayView(kArm));
    const Descriptor now = descriptorOf("sha256:" + QByteArray(64, 'c'), 99);
    const Result<Manifest> made = rewrittenIndex(indexOf(), {{was, now}});
    ASSERT_TRUE(made);
    ASSERT_EQ(made->children().size(), 1U);
    EXPECT_EQ(made->children().front().digest, now.digest);
    EXPECT_EQ(made->children().front().size, 99);
}

TEST(SparseIndexTest, AChildsTagNamesItsPlatform)
{
    const Manifest index = indexOf();
    EXPECT_EQ(childTag(QStringLiteral("v1"), index.children()[0]), QStringLiteral("v1-linux-amd64"));
    EXPECT_EQ(childTag(QStringLiteral("v1"), index.children()[1]), QStringLiteral("v1-linux-arm-v7"));
    EXPECT_EQ(childTag(QStringLiteral("v1"), descriptorOf(kArm, 8)), QStringLiteral("v1-bbbbbbbbbbbb"));
}

} // namespace
} // namespace layerpool::test
