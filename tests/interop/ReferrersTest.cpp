// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kLine[] = "apps/two:v1\n";

// An image of two platforms with an SBOM and a signature on its index, and one on a child. They are added
// before the registry is asked for the first time.
class ReferrersTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        m_sbom = m_samples.addReferrer(u"apps/two"_s, m_two.root);
        m_signatures = {m_samples.addSignature(u"apps/two"_s, m_two.root),
                        m_samples.addSignature(u"apps/two"_s, m_two.amd64().digest),
                        m_samples.addSignature(u"apps/two"_s, m_sbom.manifests.front().digest)};
    }

    // As a client does that looks for them at a registry without the referrers API.
    void expectFoundAt(const StockRegistry &registry) const
    {
        std::vector<Sample> all = m_signatures;
        all.push_back(m_sbom);
        for (const Sample &sample : all) {
            const PlainReply tagged = registry.get(u"/v2/apps/two/manifests/"_s + sample.tag);
            EXPECT_EQ(tagged.status, 200) << sample.tag.toStdString();
            EXPECT_EQ(tagged.body, sample.bytes) << sample.tag.toStdString();
            const SampleManifest &manifest = sample.manifests.front();
            EXPECT_EQ(registry.get(u"/v2/apps/two/manifests/"_s + manifest.digest.toString()).body,
                      manifest.bytes);
            for (const Digest &blob : {manifest.config, manifest.layers.front()}) {
                EXPECT_EQ(registry.get(u"/v2/apps/two/blobs/"_s + blob.toString()).body,
                          bytesOf(m_samples.blobPath(blob)));
            }
        }
    }

    Sample m_sbom;
    std::vector<Sample> m_signatures;
};

TEST_F(ReferrersTest, AStockRegistryOverThePoolServesThem)
{
    fillPool(kLine);
    const StockRegistry served(pool());
    ASSERT_TRUE(served.isUp()) << served.log().toStdString();
    expectFoundAt(served);
    EXPECT_TRUE(hasNoGarbage(pool()));
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(ReferrersTest, TheyGoThroughASmallPoolToATarget)
{
    fillPool();
    const Outcome selected =
        m_place.run({u"select"_s, pool(), path(u"small"_s), u"--list"_s, m_place.write(u"two.txt"_s, kLine)});
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    EXPECT_TRUE(selected.out.contains("4 signature")) << selected;
    const StockRegistry target(path(u"target"_s));
    ASSERT_TRUE(target.isUp()) << target.log().toStdString();
    const Outcome pushed = m_place.run({u"push"_s, path(u"small"_s), target.host()});
    ASSERT_EQ(pushed.exitStatus, 0) << pushed;
    EXPECT_TRUE(pushed.out.contains("1 image")) << pushed;
    expectFoundAt(target);
    EXPECT_TRUE(hasNoGarbage(path(u"small"_s)));
}

TEST_F(ReferrersTest, WithoutThemOnlyTheImageComes)
{
    fillPool(kLine, {u"--no-referrers"_s});
    EXPECT_FALSE(inPool(u"apps/two"_s, u"v1"_s).isEmpty());
    for (const Sample &signature : m_signatures) {
        EXPECT_TRUE(inPool(u"apps/two"_s, signature.tag).isEmpty());
    }
    fillPool(kLine);
    EXPECT_FALSE(inPool(u"apps/two"_s, m_sbom.tag).isEmpty());
}

TEST_F(ReferrersTest, ATagPatternTakesImagesAndEachWithItsOwn)
{
    fillPool("apps/two:*\n");
    const Outcome listed = m_place.run({u"ls"_s, pool(), u"apps/two:*"_s});
    EXPECT_EQ(listed.out.count('\n'), 2) << listed;
    const StockRegistry served(pool());
    ASSERT_TRUE(served.isUp()) << served.log().toStdString();
    expectFoundAt(served);
}

} // namespace
} // namespace layerpool::test
