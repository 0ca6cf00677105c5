// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"

#include "image/ReferrerTag.h"
#include "pool/Selection.h"
#include "support/CorpusImages.h"
#include "task/PushPlan.h"

// Indexes of indexes.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kIndex[] = "application/vnd.oci.image.index.v1+json";

class ConvertNestedTest : public ConvertTest
{
protected:
    struct Part
    {
        QByteArray type;
        Digest digest;
        qsizetype bytes = 0;
        QByteArray more = platform("linux", "amd64"); ///< of its descriptor
    };

    static QByteArray platform(const QByteArray &os, const QByteArray &architecture)
    {
        return R"("platform":{"os":")" + os + R"(","architecture":")" + architecture + "\"}";
    }

    Part image() const
    {
        const SampleManifest &manifest = m_inner.amd64();
        return {manifest.mediaType, manifest.digest, manifest.bytes.size()};
    }

    /// Another image, as what attests to the part.
    Part attestation(const Part &subject, quint64 seed)
    {
        const Sample sample = m_samples.add(u"a"_s, u"attestation-%1"_s.arg(seed), {.seed = seed});
        return {sample.mediaType, sample.root, sample.bytes.size(),
                platform("unknown", "unknown") + R"(,"annotations":{"vnd.docker.reference.digest":")" +
                    subject.digest.toByteArray() + "\"}"};
    }

    /// Of these children, each for linux/amd64 unless it says otherwise.
    Part index(const std::vector<Part> &children) const
    {
        QByteArray joined;
        for (const Part &child : children) {
            joined += (joined.isEmpty() ? "" : ",") + QByteArray(R"({"mediaType":")") + child.type +
                      R"(","digest":")" + child.digest.toByteArray() + R"(","size":)" +
                      QByteArray::number(child.bytes) + ',' + child.more + '}';
        }
        const QByteArray bytes =
            R"({"schemaVersion":2,"mediaType":")" + QByteArray(kIndex) + R"(","manifests":[)" + joined + "]}";
        return {kIndex, m_storage.addManifest(u"a"_s, bytes), bytes.size()};
    }

    /// The image inside so many indexes, tagged `v1`.
    std::vector<Part> tower(int indexes) const
    {
        std::vector<Part> parts{image()};
        for (int i = 0; i < indexes; ++i) {
            parts.push_back(index({parts.back()}));
        }
        m_storage.tag(u"a"_s, u"v1"_s, parts.back().digest);
        return parts;
    }

    HandMadeStorage m_storage{m_source.path()};
    const Sample m_inner = m_samples.add(u"a"_s, u"inner"_s, {.kind = SampleKind::OciIndex});
};

TEST_F(ConvertNestedTest, SignaturesOfEveryIndexOnTheWayComeAlong)
{
    const std::vector<Part> parts = tower(3);
    std::vector<Sample> signatures;
    for (const Part &part : parts) {
        signatures.push_back(m_samples.addSignature(u"a"_s, part.digest));
    }
    const TaskResult result = convert("a:v1\n");
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 4);
    EXPECT_EQ(tagged(u"a:v1"_s), image().digest);
    for (const Sample &signature : signatures) {
        EXPECT_EQ(tagged(u"a:"_s + signature.tag), signature.root);
    }
    m_fake.forgetRequests();
    EXPECT_EQ(convert("a:v1\n").imagesSkipped, 1);
    EXPECT_EQ(m_fake.countBelow("GET", "/v2/a/manifests/"), 0) << "all that was seen is known";
}

TEST_F(ConvertNestedTest, ASignatureOfTheOutermostGoesWithItsImageAndNoOther)
{
    const Sample signature = m_samples.addSignature(u"a"_s, tower(3).back().digest);
    m_samples.add(u"a"_s, u"other"_s, {.seed = 2});
    ASSERT_TRUE(convert("a:v1\na:other\n").isClean());
    const auto read = pool();
    const auto referrersOf = [&](const QByteArray &text) {
        ImagesList list;
        EXPECT_TRUE(isOk(list.addText(text, u"some.list"_s)));
        return Selection::ofList(*read, list).referrers;
    };
    EXPECT_EQ(referrersOf("a:v1\n"), 1);
    EXPECT_EQ(referrersOf("a:other\n"), 0);
}

TEST_F(ConvertNestedTest, ThreeIndexesInsideAnotherAreTakenAndFourAreNot)
{
    for (const bool all : {false, true}) {
        m_platforms.all = all;
        const std::vector<Part> three = tower(4);
        EXPECT_TRUE(convert("a:v1\n").isClean());
        EXPECT_EQ(tagged(u"a:v1"_s), all ? three.back().digest : image().digest);
        tower(5);
        const TaskResult result = convert("a:v1\n");
        ASSERT_EQ(result.failures.size(), 1U);
        EXPECT_EQ(result.failures.front().error.kind, ErrorKind::Unsupported);
        EXPECT_TRUE(result.failures.front().error.what.contains(u"nested too deeply"_s));
    }
}

TEST_F(ConvertNestedTest, ASparseIndexKeepsWhatAttestsToAnythingInsideIt)
{
    const Part inner = index({image()});
    Part arm = index({inner, inner}); // any other part will do
    arm.more = platform("linux", "arm64");
    Part s390x = image();
    s390x.digest = m_samples.add(u"a"_s, u"s390x"_s, {.seed = 9}).root;
    s390x.more = platform("linux", "s390x");
    const Part ofInner = attestation(inner, 2);
    const Part ofImage = attestation(image(), 3);
    const Part ofAnother = attestation(s390x, 4);
    const Part root = index({inner, arm, s390x, ofInner, ofImage, ofAnother});
    m_storage.tag(u"a"_s, u"v1"_s, root.digest);
    m_platforms.platforms = {Platform::linuxAmd64(), {u"linux"_s, u"arm64"_s, {}}};
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(tagged(u"a:v1"_s), root.digest);
    const auto read = pool();
    for (const Part &part : {inner, arm, ofInner, ofImage}) {
        EXPECT_TRUE(read->hasBlob(part.digest)) << part.digest.toString().toStdString();
    }
    EXPECT_FALSE(read->hasBlob(s390x.digest));
    EXPECT_FALSE(read->hasBlob(ofAnother.digest));
}

TEST_F(ConvertNestedTest, WhatIsNamedAgainIsAskedForOnce)
{
    m_platforms.all = true;
    const Part inner = index({image(), image()});
    const Part middle = index({inner, image(), inner});
    const Part outer = index({inner, middle, middle, image()});
    m_storage.tag(u"a"_s, u"v1"_s, outer.digest);
    EXPECT_TRUE(convert("a:v1\n").isClean());
    EXPECT_EQ(tagged(u"a:v1"_s), outer.digest);
    for (const Part &part : {inner, middle, image()}) {
        EXPECT_EQ(m_fake.count("GET", "/v2/a/manifests/" + part.digest.toByteArray()), 1);
    }
    const auto read = pool();
    EXPECT_EQ(read->closure(*read->tag(*RepositoryName::parse(u"a"), u"v1"_s)).manifests.size(), 4U);
}

} // namespace
} // namespace layerpool::test
