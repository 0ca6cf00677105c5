// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "base/Digester.h"
#include "image/MediaType.h"
#include "support/PlainHttp.h"

#include <QJsonArray>
#include <QJsonDocument>

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

// Three sides sign the same image: two pools, and somebody at the target itself.
class SharedTargetTest : public ReferrersTest
{
protected:
    void SetUp() override
    {
        ReferrersTest::SetUp();
        ASSERT_TRUE(m_target.isUp()) << m_target.log().toStdString();
        ASSERT_EQ(
            m_others.add(u"apps/two"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .hasAttestation = true}).root,
            m_two.root);
        m_otherSbom = m_others.addReferrer(u"apps/two"_s, m_two.root, "application/vnd.cyclonedx+json");
    }

    Outcome run(const QStringList &words) const { return m_place.run(words); }
    Outcome push(const QString &from, const QStringList &more = {}) const
    {
        return run(QStringList{u"push"_s, from, m_target.host()} + more);
    }
    Outcome verify(const QString &against, const QStringList &more = {}) const
    {
        return run(QStringList{u"verify"_s, m_target.host(), u"--against"_s, against} + more);
    }

    void put(const QString &reference, const QByteArray &bytes, const QByteArray &type) const
    {
        const QByteArray path = "/v2/apps/two/manifests/" + reference.toLatin1();
        EXPECT_EQ(plainRequest("PUT", m_target.port(), path, {{"Content-Type", type}}, bytes).status, 201);
    }

    // As a client does that finds no referrers API: a manifest of its own, and its descriptor at the end of
    // the list.
    QByteArray attachAtTarget() const
    {
        const QByteArray manifest = QByteArray(m_sbom.manifests.front().bytes)
                                        .replace("\"layers\"", R"("annotations":{"by":"them"},"layers")");
        const QByteArray digest = Digester::of(manifest).toByteArray();
        put(QString::fromLatin1(digest), manifest, mediatype::ociManifest);
        QByteArray index = listThere();
        index.insert(index.lastIndexOf(']'),
                     ", { \"mediaType\" : \"" + QByteArray(mediatype::ociManifest) + "\", \"digest\":\"" +
                         digest + "\", \"size\":" + QByteArray::number(manifest.size()) +
                         R"(,"artifactType":"x/y","annotations":{"by":"\u0074hem"} })");
        put(m_sbom.tag, index, mediatype::ociIndex);
        return index;
    }

    static QJsonArray manifestsOf(const QByteArray &index)
    {
        return QJsonDocument::fromJson(index).object().value(u"manifests"_s).toArray();
    }
    QByteArray listThere() const { return m_target.get(u"/v2/apps/two/manifests/"_s + m_sbom.tag).body; }

    SampleRegistry m_others{path(u"others"_s)};
    const StockRegistry m_target{path(u"target"_s)};
    Sample m_otherSbom;
};

TEST_F(SharedTargetTest, NobodysReferrersAreLost)
{
    fillPool(kLine);
    ASSERT_EQ(push(pool()).exitStatus, 0);
    const QByteArray theirs = attachAtTarget();
    const Outcome second = push(m_others.path());
    EXPECT_EQ(second.exitStatus, 0) << second;
    EXPECT_TRUE(second.err.contains("added to 1 list")) << second;
    const QByteArray list = listThere();
    const QJsonArray before = manifestsOf(theirs);
    const QJsonArray after = manifestsOf(list);
    ASSERT_EQ(after.size(), before.size() + 1);
    for (qsizetype i = 0; i < before.size(); ++i) {
        EXPECT_EQ(after[i], before[i]) << "theirs come first, with all that they say";
    }
    EXPECT_TRUE(list.contains(m_otherSbom.manifests.front().digest.toByteArray()));
    for (const QString &from : {pool(), m_others.path()}) {
        const Outcome again = push(from, {u"--tags"_s, u"keep"_s});
        EXPECT_EQ(again.exitStatus, 0) << again;
        EXPECT_EQ(listThere(), list);
    }
    const Outcome verified = verify(m_others.path());
    EXPECT_EQ(verified.exitStatus, 0) << verified;
    const Outcome kept = verify(pool(), {u"--tags"_s, u"keep"_s});
    EXPECT_EQ(kept.exitStatus, 0) << kept;
    EXPECT_TRUE(kept.out.contains("1 kept"))
        << "the pool has one platform of the image, the target both" << kept;
    EXPECT_TRUE(hasNoGarbage(path(u"target"_s)));
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
