// SPDX-License-Identifier: Apache-2.0
#include "support/Run.h"
#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include "base/Digester.h"
#include "image/Manifest.h"

#include <QDir>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SampleRegistryTest : public testing::Test
{
protected:
    QTemporaryDir m_directory;
    SampleRegistry m_samples{m_directory.filePath(u"storage"_s)};
};

constexpr char kList[] =
    "##images\nkubesphere/a:v1\nkubesphere/b:v2 # a comment\nbusybox\n\nquay.io/x/y/z:t\n"
    "docker.io/calico/c:3\nlocalhost:5000/d:4\nkubesphere/a:v1\nkubesphere/e:5\r\nf/g:6";

TEST_F(SampleRegistryTest, TheStockRegistryServesEveryByteOfEverySample)
{
    const std::vector<Sample> samples = m_samples.addForList(kList);
    ASSERT_EQ(samples.size(), 8U);
    StockRegistry registry(m_samples.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    for (const Sample &sample : samples) {
        const QString base = u"/v2/"_s + sample.repository;
        const PlainReply root = registry.get(base + u"/manifests/"_s + sample.tag);
        EXPECT_EQ(root.status, 200) << sample.reference().toStdString();
        EXPECT_EQ(root.body, sample.bytes);
        EXPECT_EQ(root.headers.value("content-type"), sample.mediaType);
        EXPECT_EQ(root.headers.value("docker-content-digest"), sample.root.toByteArray());
        for (const SampleManifest &manifest : sample.manifests) {
            EXPECT_EQ(registry.get(base + u"/manifests/"_s + manifest.digest.toString()).body,
                      manifest.bytes);
            for (const Digest &layer : manifest.layers) {
                const PlainReply blob = registry.get(base + u"/blobs/"_s + layer.toString());
                EXPECT_EQ(Digester::of(blob.body), layer);
            }
        }
    }
}

TEST_F(SampleRegistryTest, AListMixesTheFourKindsAndSharesLayers)
{
    const std::vector<Sample> samples = m_samples.addForList(kList);
    QSet<QByteArray> kinds;
    QSet<QByteArray> layers;
    int named = 0;
    for (const Sample &sample : samples) {
        const Result<Manifest> manifest = Manifest::parse(sample.bytes);
        ASSERT_TRUE(isOk(manifest)) << sample.reference().toStdString();
        EXPECT_EQ(manifest->isIndex(), sample.isIndex());
        kinds.insert(sample.mediaType);
        for (const Digest &layer : sample.amd64().layers) {
            layers.insert(layer.toByteArray());
            ++named;
        }
    }
    EXPECT_EQ(kinds.size(), sampleKindCount);
    EXPECT_LT(layers.size(), named);
}

TEST_F(SampleRegistryTest, AllStylesAreJsonAndDiffer)
{
    QSet<QByteArray> digests;
    for (int style = 0; style < jsonStyleCount; ++style) {
        ImageSpec spec;
        spec.style = static_cast<JsonStyle>(style);
        spec.namesMediaType = style % 2 == 0;
        const Sample sample = m_samples.add(u"s/x"_s, u"t"_s, spec);
        ASSERT_TRUE(isOk(Manifest::parse(sample.bytes)));
        digests.insert(sample.root.toByteArray());
    }
    EXPECT_EQ(digests.size(), jsonStyleCount);
}

TEST_F(SampleRegistryTest, GarbageCollectionFindsNothingToDelete)
{
    const Sample sample =
        m_samples.add(u"a/b"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .hasAttestation = true});
    m_samples.addForList(kList);
    m_samples.addSignature(u"a/b"_s, sample.root);
    m_samples.addReferrer(u"a/b"_s, sample.root);
    const auto report = StockRegistry::collectGarbage(m_samples.path());
    EXPECT_TRUE(report.hasSucceeded);
    EXPECT_EQ(report.eligible(), 0) << report.text.toStdString();
}

TEST_F(SampleRegistryTest, GarbageCollectionSeesABlobThatNothingNames)
{
    m_samples.add(u"a/b"_s, u"v1"_s);
    SampleRegistry other(m_directory.filePath(u"other"_s));
    const Sample stray = other.add(u"c/d"_s, u"v1"_s);
    const QString path = m_samples.blobPath(stray.root);
    ASSERT_TRUE(QDir().mkpath(QFileInfo(path).path()));
    ASSERT_TRUE(QFile::copy(other.blobPath(stray.root), path));
    EXPECT_EQ(StockRegistry::collectGarbage(m_samples.path()).eligible(), 1);
}

TEST_F(SampleRegistryTest, TheSameSeedGivesTheSameBytes)
{
    SampleRegistry other(m_directory.filePath(u"other"_s));
    const ImageSpec spec{.kind = SampleKind::DockerList, .seed = 7};
    EXPECT_EQ(m_samples.add(u"a/b"_s, u"v1"_s, spec).root, other.add(u"a/b"_s, u"v1"_s, spec).root);
    EXPECT_NE(m_samples.add(u"a/b"_s, u"v2"_s, spec).root, other.add(u"a/b"_s, u"v3"_s, spec).root);
}

TEST_F(SampleRegistryTest, SkopeoAndUmociTakeBusybox)
{
    const Sample busybox = m_samples.addBusybox(u"demo/busybox"_s, u"1"_s, SampleKind::DockerList);
    StockRegistry registry(m_samples.path());
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    const QString layout = m_directory.filePath(u"layout"_s);
    const Outcome copied =
        run(u"skopeo"_s, {u"copy"_s, u"--insecure-policy"_s, u"--src-tls-verify=false"_s,
                          u"docker://%1/demo/busybox:1"_s.arg(registry.host()), u"oci:%1:1"_s.arg(layout)});
    ASSERT_EQ(copied.exitStatus, 0) << copied;
    const QString bundle = m_directory.filePath(u"bundle"_s);
    const Outcome unpacked =
        run(u"umoci"_s, {u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":1"_s, bundle});
    ASSERT_EQ(unpacked.exitStatus, 0) << unpacked;
    const Outcome said = run(bundle + u"/rootfs/bin/busybox"_s, {u"echo"_s, u"hello"_s});
    EXPECT_EQ(said.out, "hello\n") << said;
}

TEST_F(SampleRegistryTest, AReadOnlyRegistryRefusesAnUpload)
{
    m_samples.add(u"a/b"_s, u"v1"_s);
    StockRegistry registry(m_samples.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    EXPECT_EQ(registry.request("POST", u"/v2/a/b/blobs/uploads/"_s).status, 405);
}

TEST_F(SampleRegistryTest, ARegistryWithAPasswordAsksForIt)
{
    m_samples.add(u"a/b"_s, u"v1"_s);
    StockRegistry registry(m_samples.path(), {.user = u"alice"_s, .password = u"s3cret"_s});
    ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
    EXPECT_EQ(registry.get(u"/v2/a/b/manifests/v1"_s).status, 200);
    const PlainReply refused = plainRequest("GET", registry.port(), "/v2/");
    EXPECT_EQ(refused.status, 401);
    EXPECT_TRUE(refused.headers.value("www-authenticate").startsWith("Basic"));
}

} // namespace
} // namespace layerpool::test
