// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/CorpusImages.h"
#include "support/StockRegistry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

// Every kind of content, from a stock registry into a pool, and on: a registry over the pool is the judge.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class CorpusTest : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_source.isUp()) << m_source.log().toStdString();
        const Outcome converted =
            m_place.run({u"convert"_s, pool(), u"--list"_s, m_place.write(u"all.txt"_s, m_corpus.list()),
                         u"--source"_s, m_source.host(), u"--all-platforms"_s});
        ASSERT_EQ(converted.exitStatus, 0) << converted;
    }

    QString pool() const { return m_place.path(u"pool"_s); }

    /// What a registry says of a manifest, without the signature that it puts to a legacy one.
    static QByteArray served(const StockRegistry &registry, const CorpusImages::Image &image,
                             const QString &reference)
    {
        const PlainReply reply = registry.get(u"/v2/%1/manifests/%2"_s.arg(image.repository, reference));
        EXPECT_EQ(reply.status, 200) << image.kind.toStdString() << ' ' << reply.body.toStdString();
        return image.kind == u"legacy"_s ? unsignedPart(reply.body) : reply.body;
    }

    /// Which of the image's manifests there are.
    static QStringList present(const StockRegistry &registry, const CorpusImages::Image &image)
    {
        QStringList digests;
        for (const auto &[digest, bytes] : image.manifests) {
            const QString name = digest.toString();
            if (registry.get(u"/v2/%1/manifests/%2"_s.arg(image.repository, name)).status == 200) {
                digests << name;
            }
        }
        return digests;
    }

    // By the rule of libtrust, read here a second time: so many bytes, and a tail.
    static QByteArray unsignedPart(const QByteArray &bytes)
    {
        const QJsonArray signatures =
            QJsonDocument::fromJson(bytes).object().value(u"signatures"_s).toArray();
        const QByteArray header =
            QByteArray::fromBase64(signatures.first().toObject().value(u"protected"_s).toString().toLatin1(),
                                   QByteArray::Base64UrlEncoding);
        const QJsonObject object = QJsonDocument::fromJson(header).object();
        return bytes.first(object.value(u"formatLength"_s).toInteger()) +
               QByteArray::fromBase64(object.value(u"formatTail"_s).toString().toLatin1(),
                                      QByteArray::Base64UrlEncoding);
    }

    void expectServesEverything(const QString &storage) const
    {
        const StockRegistry registry(storage, {.isReadOnly = true});
        ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
        for (const CorpusImages::Image &image : m_corpus.all()) {
            EXPECT_EQ(served(registry, image, u"1"_s), image.bytes()) << image.kind.toStdString();
            for (const auto &[digest, bytes] : image.manifests) {
                EXPECT_EQ(served(registry, image, digest.toString()), bytes) << image.kind.toStdString();
            }
        }
    }

    void expectTaken(const StockRegistry &target, const QStringList &refused, const Outcome &pushed) const
    {
        for (const CorpusImages::Image &image : m_corpus.all()) {
            const PlainReply there = target.get(u"/v2/%1/manifests/1"_s.arg(image.repository));
            EXPECT_EQ(there.status, refused.contains(image.kind) ? 404 : 200)
                << image.kind.toStdString() << pushed;
            if (there.status == 200) {
                EXPECT_EQ(there.body, image.bytes()) << image.kind.toStdString();
            }
        }
    }

    const Workplace m_place{Workplace::Medium::Memory};
    const CorpusImages m_corpus{m_place.path(u"source"_s)};
    const StockRegistry m_source{m_corpus.path()};
};

TEST_F(CorpusTest, AStockRegistryServesEveryKindOverThePool)
{
    expectServesEverything(pool());
    EXPECT_TRUE(hasNoGarbage(pool()));
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(CorpusTest, EveryBlobIsServedByTheDigestThatItsManifestNames)
{
    const StockRegistry registry(pool(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    for (const CorpusImages::Image &image : m_corpus.all()) {
        for (const auto &[digest, bytes] : image.manifests) {
            const QJsonObject manifest = QJsonDocument::fromJson(bytes).object();
            QJsonArray parts = manifest.value(u"layers"_s).toArray();
            for (const QJsonValue &sum : manifest.value(u"fsLayers"_s).toArray()) {
                parts.append(sum);
            }
            if (manifest.contains(u"config"_s)) {
                parts.append(manifest.value(u"config"_s));
            }
            for (const QJsonValue &part : parts) {
                const QJsonObject object = part.toObject();
                const QString name =
                    object.value(object.contains(u"blobSum"_s) ? u"blobSum"_s : u"digest"_s).toString();
                const bool isForeign = object.contains(u"urls"_s);
                const PlainReply reply = registry.get(u"/v2/%1/blobs/%2"_s.arg(image.repository, name));
                EXPECT_EQ(reply.status, isForeign ? 404 : 200) << image.kind.toStdString();
                if (!isForeign) {
                    const auto wanted = Digest::parse(name);
                    EXPECT_EQ(Digester::of(reply.body, wanted->algorithm()), *wanted);
                }
            }
        }
    }
}

TEST_F(CorpusTest, SkopeoReadsEveryKindAsItIs)
{
    const StockRegistry registry(pool(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    QStringList references;
    Manifests expected;
    for (const CorpusImages::Image &image : m_corpus.all()) {
        if (image.kind == u"legacy"_s) {
            continue; // signed anew at each look
        }
        references << image.reference();
        expected.emplace(image.reference(), image.bytes());
    }
    EXPECT_TRUE(isSame(rawBySkopeo(registry.host(), references), expected));
}

TEST_F(CorpusTest, SkopeoCopiesAndUmociUnpacksWhatIsAnImage)
{
    const StockRegistry registry(pool(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    // Debian's skopeo copies no image out of a nested index.
    for (const QString &kind : {u"docker"_s, u"oci"_s, u"oci-untyped"_s, u"docker-list"_s, u"oci-index"_s,
                                u"uncompressed"_s, u"legacy"_s, u"zstd"_s}) {
        const QString layout = m_place.path(u"layout-"_s + kind);
        const Outcome copied = test::run(
            u"skopeo"_s, {u"copy"_s, u"--quiet"_s, u"--insecure-policy"_s, u"--src-tls-verify=false"_s,
                          u"docker://%1/%2"_s.arg(registry.host(), m_corpus.of(kind).reference()),
                          u"oci:%1:1"_s.arg(layout)});
        ASSERT_EQ(copied.exitStatus, 0) << kind.toStdString() << copied;
        if (kind == u"zstd"_s) {
            continue; // Debian's umoci knows no zstd
        }
        const QString bundle = m_place.path(u"bundle-"_s + kind);
        const Outcome unpacked =
            test::run(u"umoci"_s, {u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":1"_s, bundle});
        ASSERT_EQ(unpacked.exitStatus, 0) << kind.toStdString() << unpacked;
        EXPECT_FALSE(QDir(bundle + u"/rootfs/etc"_s).isEmpty()) << kind.toStdString();
    }
}

TEST_F(CorpusTest, ASmallPoolAndATarOfItHoldEveryKind)
{
    const QString small = m_place.path(u"small"_s);
    const Outcome selected =
        m_place.run({u"select"_s, pool(), small, u"--list"_s, m_place.path(u"all.txt"_s)});
    ASSERT_EQ(selected.exitStatus, 0) << selected;
    EXPECT_TRUE(isVerified(m_place, small));
    const QString tar = m_place.path(u"small.tar"_s);
    const QString carried = m_place.path(u"carried"_s);
    ASSERT_EQ(m_place.run({u"tar"_s, small, tar}).exitStatus, 0);
    ASSERT_TRUE(QDir().mkpath(carried));
    ASSERT_EQ(test::run(u"tar"_s, {u"-xf"_s, tar, u"-C"_s, carried}).exitStatus, 0);
    EXPECT_TRUE(isVerified(m_place, carried));
    EXPECT_TRUE(hasNoGarbage(carried));
    expectServesEverything(carried);
}

// Two of three platforms, and what attests to them: a registry serves that index over the pool, and skopeo
// reads each part of it.
TEST_F(CorpusTest, ASparseIndexIsServedWithItsAttestations)
{
    const CorpusImages::Image &image = m_corpus.of(u"oci-index"_s);
    const QString sparse = m_place.path(u"sparse"_s);
    const QString list = m_place.write(u"one.txt"_s, image.reference().toUtf8() + '\n');
    const auto convert = [&](const QString &into, const QStringList &more = {}) {
        return m_place.run(QStringList{u"convert"_s, into, u"--list"_s, list, u"--source"_s, m_source.host(),
                                       u"--platform"_s, u"linux/amd64"_s, u"--platform"_s, u"linux/arm64"_s} +
                           more);
    };
    ASSERT_EQ(convert(sparse).exitStatus, 0);
    const StockRegistry registry(sparse, {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    EXPECT_EQ(served(registry, image, u"1"_s), image.bytes());
    EXPECT_EQ(present(registry, image).size(), 5) << "the index, two images, two attestations";
    for (const QString &digest : present(registry, image)) {
        const Outcome copied = test::run(
            u"skopeo"_s, {u"copy"_s, u"--quiet"_s, u"--insecure-policy"_s, u"--src-tls-verify=false"_s,
                          u"docker://%1/%2@%3"_s.arg(registry.host(), image.repository, digest),
                          u"dir:%1"_s.arg(m_place.path(digest))});
        EXPECT_EQ(copied.exitStatus, 0) << copied;
    }
    EXPECT_TRUE(hasNoGarbage(sparse));
    EXPECT_TRUE(isVerified(m_place, sparse));

    const QString small = m_place.path(u"small"_s);
    ASSERT_EQ(m_place.run({u"select"_s, sparse, small, u"--list"_s, list}).exitStatus, 0);
    EXPECT_TRUE(isSame(treeOf(registryRoot(small)), treeOf(registryRoot(sparse))));

    const QString tar = m_place.path(u"sparse.tar"_s);
    const QString carried = m_place.path(u"carried"_s);
    ASSERT_EQ(m_place.run({u"tar"_s, sparse, tar}).exitStatus, 0);
    ASSERT_TRUE(QDir().mkpath(carried));
    ASSERT_EQ(test::run(u"tar"_s, {u"-xf"_s, tar, u"-C"_s, carried}).exitStatus, 0);
    EXPECT_TRUE(isSame(treeOf(registryRoot(carried)), treeOf(registryRoot(sparse))));

    const QString without = m_place.path(u"without"_s);
    ASSERT_EQ(convert(without, {u"--no-referrers"_s}).exitStatus, 0);
    const StockRegistry bare(without, {.isReadOnly = true});
    ASSERT_TRUE(bare.isUp());
    EXPECT_EQ(present(bare, image).size(), 3);
}

TEST_F(CorpusTest, ASparseIndexIsPushedAnewWithItsAttestations)
{
    const CorpusImages::Image &image = m_corpus.of(u"oci-index"_s);
    const QString sparse = m_place.path(u"sparse"_s);
    ASSERT_EQ(
        m_place
            .run({u"convert"_s, sparse, u"--list"_s,
                  m_place.write(u"one.txt"_s, image.reference().toUtf8() + '\n'), u"--source"_s,
                  m_source.host(), u"--platform"_s, u"linux/amd64"_s, u"--platform"_s, u"linux/arm64"_s})
            .exitStatus,
        0);
    const QString far = m_place.path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const StockRegistry target(far);
    ASSERT_TRUE(target.isUp());
    const Outcome planned = m_place.run({u"push"_s, sparse, target.host(), u"--dry-run"_s});
    EXPECT_TRUE(planned.out.contains("without linux/s390x, attestations")) << planned;
    const Outcome pushed = m_place.run({u"push"_s, sparse, target.host(), u"--sparse"_s, u"rewrite"_s});
    ASSERT_EQ(pushed.exitStatus, 0) << pushed;
    const QByteArray made = target.get(u"/v2/%1/manifests/1"_s.arg(image.repository)).body;
    EXPECT_EQ(made.count("vnd.docker.reference.digest"), 2) << made.toStdString();
    EXPECT_EQ(made.count("s390x"), 0);
    EXPECT_EQ(present(target, image).size(), 4) << "all but the index as it was";
}

TEST_F(CorpusTest, ATargetTakesEveryKindItKnowsAndTheOthersAreRefusedInASentence)
{
    const QString far = m_place.path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(far));
    const QStringList never{u"legacy"_s, u"sha512-child"_s};
    const QStringList foreign{u"foreign"_s, u"nondistributable"_s};
    {
        const StockRegistry target(far);
        ASSERT_TRUE(target.isUp());
        const Outcome pushed = m_place.run({u"push"_s, pool(), target.host()});
        EXPECT_EQ(pushed.exitStatus, 1) << pushed;
        expectTaken(target, never + foreign, pushed);
        for (const char *reason : {"schema 1", "sha512", "validation.manifests.urls.allow"}) {
            EXPECT_TRUE(pushed.err.contains(reason)) << pushed;
        }
    }
    const StockRegistry tolerant(far, {.allowedLayerUrls = u"^http://127.0.0.1"_s});
    ASSERT_TRUE(tolerant.isUp());
    expectTaken(tolerant, never, m_place.run({u"push"_s, pool(), tolerant.host()}));
}

} // namespace
} // namespace layerpool::test
