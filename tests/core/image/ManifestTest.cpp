// SPDX-License-Identifier: Apache-2.0
#include "image/Manifest.h"

#include "base/Digester.h"
#include "image/MediaType.h"
#include "support/SampleImages.h"

#include <QTemporaryDir>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::ImageSpec;
using test::isError;
using test::isOk;
using test::JsonStyle;
using test::Sample;
using test::SampleKind;

const QByteArray kBlobDigest = "sha256:" + QByteArray(64, 'a');

QByteArray descriptor(const QByteArray &size, const QByteArray &digest = kBlobDigest)
{
    return R"({"mediaType":"x","digest":")" + digest + R"(","size":)" + size + '}';
}

QByteArray image(const QByteArray &layers, const QByteArray &mediaType = mediatype::ociManifest)
{
    return R"({"schemaVersion":2,"mediaType":")" + mediaType + R"(","config":)" + descriptor("2") +
           R"(,"layers":)" + layers + '}';
}

QByteArray withoutMediaType(const QByteArray &member, const QByteArray &value)
{
    return R"({"schemaVersion":2,")" + member + R"(":)" + value + '}';
}

class EveryKindAndStyle : public testing::TestWithParam<std::tuple<int, int, bool>>
{
};

TEST_P(EveryKindAndStyle, IsReadAndKeptByteForByte)
{
    const QTemporaryDir directory;
    test::SampleRegistry samples(directory.path());
    ImageSpec spec;
    spec.kind = static_cast<SampleKind>(std::get<0>(GetParam()));
    spec.style = static_cast<JsonStyle>(std::get<1>(GetParam()));
    spec.namesMediaType = std::get<2>(GetParam());
    spec.hasAttestation = true;
    spec.layerBytes = 100;
    const Sample sample = samples.add(u"a/b"_s, u"t"_s, spec);
    const auto root = Manifest::parse(sample.bytes);
    ASSERT_TRUE(isOk(root));
    EXPECT_EQ(root->bytes(), sample.bytes);
    EXPECT_EQ(root->digest(), sample.root);
    EXPECT_EQ(root->size(), sample.bytes.size());
    EXPECT_EQ(root->mediaType(), sample.mediaType);
    EXPECT_EQ(root->isIndex(), sample.isIndex());
    EXPECT_EQ(root->children().size(), sample.isIndex() ? 3U : 0U);
    const auto amd64 = Manifest::parse(sample.amd64().bytes);
    ASSERT_TRUE(isOk(amd64));
    EXPECT_EQ(amd64->config().digest, sample.amd64().config);
    ASSERT_EQ(amd64->layers().size(), sample.amd64().layers.size());
    for (std::size_t i = 0; i < amd64->layers().size(); ++i) {
        EXPECT_EQ(amd64->layers()[i].digest, sample.amd64().layers[i]);
        EXPECT_EQ(amd64->layers()[i].size, QFileInfo(samples.blobPath(sample.amd64().layers[i])).size());
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryKindAndStyle,
                         testing::Combine(testing::Range(0, test::sampleKindCount),
                                          testing::Range(0, test::jsonStyleCount), testing::Bool()));

TEST(Manifest, ReadsThePlatformsOfAnIndexInTheirOrder)
{
    const QTemporaryDir directory;
    test::SampleRegistry samples(directory.path());
    ImageSpec spec{.kind = SampleKind::OciIndex, .hasAttestation = true};
    spec.platforms.push_back({u"linux"_s, u"arm"_s, u"v7"_s});
    const auto index = Manifest::parse(samples.add(u"a/b"_s, u"t"_s, spec).bytes);
    ASSERT_TRUE(isOk(index));
    ASSERT_EQ(index->children().size(), 4U);
    EXPECT_EQ(index->children()[0].platform, Platform::linuxAmd64());
    EXPECT_EQ(index->children()[2].platform->toString(), u"linux/arm/v7"_s);
    EXPECT_TRUE(index->children()[3].platform->isUnknown());
    EXPECT_TRUE(index->config().digest.isNull());
}

TEST(Manifest, WithoutAMediaTypeIsToldByItsMembersAndTheContentType)
{
    const QByteArray index = withoutMediaType("manifests", '[' + descriptor("1") + ']');
    EXPECT_EQ(Manifest::parse(index)->mediaType(), mediatype::ociIndex);
    EXPECT_EQ(Manifest::parse(index, mediatype::dockerManifestList)->mediaType(),
              mediatype::dockerManifestList);
    EXPECT_EQ(Manifest::parse(index, "application/json; charset=utf-8")->mediaType(), mediatype::ociIndex);
    // A content type that does not fit the bytes is not believed.
    EXPECT_EQ(Manifest::parse(index, mediatype::ociManifest)->mediaType(), mediatype::ociIndex);
    const QByteArray own = image("[]", mediatype::dockerManifest);
    EXPECT_EQ(Manifest::parse(own, mediatype::ociManifest)->mediaType(), mediatype::dockerManifest);
    EXPECT_FALSE(Manifest::parse(withoutMediaType("x", "1")));
    EXPECT_FALSE(Manifest::parse(R"({"schemaVersion":1,"config":)" + descriptor("1") + R"(,"layers":[]})"));
}

TEST(Manifest, KeepsALayerThatIsNamedTwice)
{
    const auto manifest = Manifest::parse(image('[' + descriptor("5") + ',' + descriptor("5") + ']'));
    ASSERT_TRUE(isOk(manifest));
    EXPECT_EQ(manifest->layers().size(), 2U);
}

TEST(Manifest, TakesLargeSizesExactly)
{
    const auto manifest =
        Manifest::parse(image('[' + descriptor("9007199254740991") + ',' + descriptor("0") + ']'));
    ASSERT_TRUE(isOk(manifest));
    EXPECT_EQ(manifest->layers()[0].size, 9007199254740991);
    EXPECT_EQ(manifest->layers()[1].size, 0);
}

class AbsurdSize : public testing::TestWithParam<const char *>
{
};

TEST_P(AbsurdSize, IsRefused)
{
    EXPECT_TRUE(isError(Manifest::parse(image('[' + descriptor(GetParam()) + ']')), ErrorKind::Corrupt));
    const QByteArray index = withoutMediaType("manifests", '[' + descriptor(GetParam()) + ']');
    EXPECT_TRUE(isError(Manifest::parse(index), ErrorKind::Corrupt));
}

INSTANTIATE_TEST_SUITE_P(Sizes, AbsurdSize,
                         testing::Values("-1", "1.5", "1e30", "9223372036854775807", "18446744073709551615",
                                         "9007199254740993", "\"5\"", "null", "[]", "true"));

TEST(Manifest, RefusesDescriptorsWithoutADigestOrASize)
{
    EXPECT_TRUE(isError(Manifest::parse(image("[{}]")), ErrorKind::Corrupt));
    EXPECT_TRUE(isError(Manifest::parse(image("[5]")), ErrorKind::Corrupt));
    EXPECT_TRUE(isError(Manifest::parse(image("{}")), ErrorKind::Corrupt));
    EXPECT_TRUE(isError(Manifest::parse(image("null")), ErrorKind::Corrupt));
    EXPECT_TRUE(
        isError(Manifest::parse(image(R"([{"digest":")" + kBlobDigest + R"("}])")), ErrorKind::Corrupt));
    EXPECT_TRUE(
        isError(Manifest::parse(image('[' + descriptor("1", "sha256:../../etc") + ']')), ErrorKind::Corrupt));
    const QByteArray type = mediatype::ociManifest;
    EXPECT_TRUE(isError(Manifest::parse(R"({"schemaVersion":2,"mediaType":")" + type + R"(","layers":[]})"),
                        ErrorKind::Corrupt));
}

TEST(Manifest, NamesTheKindThatItCannotKeep)
{
    const QByteArray type = "application/vnd.oci.artifact.manifest.v1+json";
    const auto other = Manifest::parse(image("[]", type));
    ASSERT_TRUE(isError(other, ErrorKind::Unsupported));
    EXPECT_TRUE(other.error().sentence().contains(QString::fromLatin1(type)));
    EXPECT_TRUE(isError(Manifest::parse("{}"), ErrorKind::Unsupported));
    EXPECT_TRUE(isError(Manifest::parse(R"({"schemaVersion":1,"x":[]})"), ErrorKind::Unsupported));
}

// Docker schema 1, as docker-registry 2.8 serves it: signed, the digest that of what was signed.
class LegacyManifest : public testing::Test
{
protected:
    static QByteArray signature(qsizetype length, const QByteArray &tail)
    {
        const QByteArray header = R"({"formatLength":)" + QByteArray::number(length) + R"(,"formatTail":")" +
                                  tail.toBase64(QByteArray::Base64UrlEncoding) +
                                  R"(","time":"2021-04-29T00:00:00Z"})";
        return R"({"header":{"alg":"ES256"},"signature":"x","protected":")" +
               header.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + "\"}";
    }
    QByteArray signedBy(const QByteArray &signatures) const
    {
        return m_payload.first(m_payload.lastIndexOf(']') + 1) + ",\n   \"signatures\": [" + signatures +
               "]\n}";
    }

    const QByteArray m_other = "sha256:" + QByteArray(64, 'b');
    const QByteArray m_payload =
        R"({
   "schemaVersion": 1, "name": "old", "tag": "1", "architecture": "arm64",
   "fsLayers": [{"blobSum": ")" +
        kBlobDigest + R"("}, {"blobSum": ")" + m_other + R"("}, {"blobSum": ")" + m_other + R"("}],
   "history": [{"v1Compatibility": "{\"os\":\"linux\"}"}, {"v1Compatibility": "{}"}, {"v1Compatibility": "{}"}]
})";
    const qsizetype m_length = m_payload.lastIndexOf(']') + 1;
};

TEST_F(LegacyManifest, IsKnownByWhatWasSigned)
{
    const auto signedOne = Manifest::parse(signedBy(signature(m_length, "\n}")));
    ASSERT_TRUE(isOk(signedOne));
    EXPECT_EQ(signedOne->bytes(), m_payload);
    EXPECT_EQ(signedOne->digest(), Digester::of(m_payload));
    EXPECT_TRUE(signedOne->isLegacy());
    EXPECT_EQ(signedOne->mediaType(), mediatype::signedLegacyManifest);
    const auto plain = Manifest::parse(m_payload, "application/json");
    ASSERT_TRUE(isOk(plain));
    EXPECT_EQ(plain->digest(), signedOne->digest());
    EXPECT_EQ(plain->mediaType(), mediatype::legacyManifest);
}

TEST_F(LegacyManifest, HasLayersWithoutSizesAndNoConfig)
{
    const auto manifest = Manifest::parse(m_payload);
    ASSERT_TRUE(isOk(manifest));
    ASSERT_EQ(manifest->layers().size(), 3U);
    EXPECT_EQ(manifest->layers().back().digest.toByteArray(), kBlobDigest) << "the topmost is written first";
    EXPECT_FALSE(manifest->layers().back().hasSize());
    EXPECT_EQ(manifest->blobs().size(), 2U);
    EXPECT_TRUE(manifest->config().digest.isNull());
    EXPECT_EQ(manifest->platform(), (Platform{u"linux"_s, u"arm64"_s}));
}

TEST_F(LegacyManifest, IsRefusedWhereItsSignaturesSayOtherThings)
{
    const QByteArray good = signature(m_length, "\n}");
    EXPECT_TRUE(isOk(Manifest::parse(signedBy(good + ',' + good))));
    for (const QByteArray &signatures :
         {QByteArray(), QByteArray("{}"), signature(m_length - 1, "\n}"), signature(m_length, ""),
          signature(-1, "\n}"), signature(1LL << 40, "\n}"), signature(m_length, R"(,"x":1})"),
          good + ',' + signature(m_length, " }")}) {
        EXPECT_TRUE(isError(Manifest::parse(signedBy(signatures)), ErrorKind::Corrupt))
            << signatures.toStdString();
    }
}

TEST_F(LegacyManifest, IsRefusedWhereARegistryCouldNotReadIt)
{
    for (const QByteArray part :
         {"\"name\": \"old\"", "\"architecture\": \"arm64\"", "{\"v1Compatibility\": \"{}\"}, ", "sha256:"}) {
        QByteArray broken = m_payload;
        broken.replace(part, part.startsWith('{')                    ? ""
                             : part.contains(':') && part.size() > 8 ? "\"x\": 1"
                                                                     : "md5:");
        ASSERT_NE(broken, m_payload);
        EXPECT_TRUE(isError(Manifest::parse(broken), ErrorKind::Corrupt)) << part.toStdString();
    }
}

// Go reads names whatever their letters' case, and takes the last of two; Qt goes by the letters.
class TwoReadings : public testing::TestWithParam<std::pair<const char *, const char *>>
{
};

TEST_P(TwoReadings, AreRefused)
{
    const QByteArray good = image("[" + descriptor("5") + "]");
    QByteArray bad = good;
    bad.replace(bad.indexOf(GetParam().first), qstrlen(GetParam().first), GetParam().second);
    ASSERT_NE(bad, good);
    const auto manifest = Manifest::parse(bad);
    ASSERT_TRUE(isError(manifest, ErrorKind::Corrupt));
    EXPECT_TRUE(manifest.error().why.contains(u"programs"_s)) << manifest.error().why.toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    Names, TwoReadings,
    testing::Values(std::pair(R"("schemaVersion":2,)", R"("schemaVersion":2,"schemaVersion":2,)"),
                    std::pair(R"("schemaVersion":2,)", R"("schemaVersion":2,"mediaType":"x",)"),
                    std::pair(R"("schemaVersion":2,)", R"("schemaVersion":2,"MediaType":"x",)"),
                    std::pair(R"("schemaVersion":2,)", R"("schemaVersion":2,"Manifests":[],)"),
                    std::pair(R"("schemaVersion":2,)", R"("schemaVersion":2,"\u006dediaType":"x",)"),
                    std::pair(R"("schemaVersion":2,)", "\"schemaVersion\":2,\"layer\u017f\":[],"),
                    std::pair(R"("layers":[)", R"("layers":[],"layers":[)"),
                    std::pair(R"("config":)", R"("config":{},"config":)"),
                    std::pair(R"("size":5)", R"("size":6,"size":5)"), std::pair(R"("size":5)", R"("Size":5)"),
                    std::pair(R"("size":5)", R"("size":5,"urls":[],"urls":["http://a"])"),
                    std::pair(R"("digest":)", R"("digest":"","digest":)")));

TEST(Manifest, MindsOnlyTheNamesThatReadersLookFor)
{
    const QByteArray harmless =
        R"("schemaVersion":2,"annotations":{"size":"1","Size":"2","a,]}\\\"b":"{"},"x":1,"x":2,)";
    QByteArray bytes = image("[" + descriptor("5") + "]");
    bytes.replace(R"("schemaVersion":2,)", harmless);
    EXPECT_TRUE(isOk(Manifest::parse(bytes)));
}

TEST(Manifest, RefusesATowerOfBrackets)
{
    const auto nested = [](int depth) {
        QByteArray bytes = image("[]");
        bytes.insert(1, "\"x\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + ',');
        return Manifest::parse(bytes);
    };
    EXPECT_TRUE(isOk(nested(20)));
    EXPECT_TRUE(isError(nested(200), ErrorKind::Corrupt));
    EXPECT_TRUE(isError(nested(100'000), ErrorKind::Corrupt));
}

// What does not fit into the fields of a registry's own types stops its garbage collection of the whole pool.
class NoFitForARegistry : public testing::TestWithParam<const char *>
{
};

TEST_P(NoFitForARegistry, IsRefused)
{
    QByteArray atTop = image("[" + descriptor("5") + "]");
    atTop.insert(1, QByteArray(GetParam()) + ',');
    QByteArray inLayer = image("[" + descriptor("5") + "]");
    inLayer.replace("\"size\":5", "\"size\":5," + QByteArray(GetParam()));
    const bool isAboutDescriptors = !QByteArray(GetParam()).contains("annotations");
    EXPECT_TRUE(isError(Manifest::parse(isAboutDescriptors ? inLayer : atTop), ErrorKind::Corrupt));
    EXPECT_TRUE(isError(Manifest::parse(inLayer), ErrorKind::Corrupt));
}

INSTANTIATE_TEST_SUITE_P(Fields, NoFitForARegistry,
                         testing::Values(R"("annotations":{"a":1})", R"("annotations":[])",
                                         R"("urls":"http://a")", R"("urls":[1])", R"("data":5)",
                                         R"("platform":"linux")", R"("platform":{"os":1})",
                                         R"("platform":{"os.features":"x"})"));

TEST(Manifest, RefusesAnotherSchemaVersion)
{
    for (const QByteArray version : {"1", "3", "\"2\"", "null", "2.5"}) {
        QByteArray bytes = image("[]");
        bytes.replace("\"schemaVersion\":2", "\"schemaVersion\":" + version);
        EXPECT_TRUE(isError(Manifest::parse(bytes), ErrorKind::Corrupt)) << version.toStdString();
    }
}

TEST(Manifest, IsKnownByTheAlgorithmThatItIsAskedFor)
{
    const QByteArray bytes = image("[]");
    const auto manifest = Manifest::parse(bytes, {}, Digest::Algorithm::Sha512);
    ASSERT_TRUE(isOk(manifest));
    EXPECT_EQ(manifest->digest(), Digester::of(bytes, Digest::Algorithm::Sha512));
}

TEST(Manifest, TellsForeignLayers)
{
    const QByteArray oci = "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd";
    QByteArray withUrl = descriptor("5");
    withUrl.replace("\"size\":5", R"("size":5,"urls":["https://vendor.test/a"])");
    QByteArray foreign = descriptor("6");
    foreign.replace("\"x\"", '"' + oci + '"');
    const auto manifest = Manifest::parse(image('[' + withUrl + ',' + foreign + ',' + descriptor("7") + ']'));
    ASSERT_TRUE(isOk(manifest));
    EXPECT_FALSE(manifest->layers()[0].isForeign())
        << "an address alone makes no layer one that may be missing";
    EXPECT_EQ(manifest->layers()[0].urls, QStringList{u"https://vendor.test/a"_s});
    EXPECT_TRUE(manifest->layers()[1].isForeign());
    EXPECT_FALSE(manifest->layers()[2].isForeign());
}

TEST(Manifest, RefusesWhatIsNoJsonObject)
{
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("x"), QByteArray("[]"), QByteArray("null"), QByteArray("<html></html>"),
          image("[]").chopped(1), image("[]") + image("[]"), QByteArray(3000, '['),
          QByteArray("{\"a\":\xff}")}) {
        EXPECT_TRUE(isError(Manifest::parse(bytes), ErrorKind::Corrupt)) << bytes.left(40).toStdString();
    }
}

TEST(Manifest, TakesFourMebibytesAndNoByteMore)
{
    const QByteArray bytes = image("[]");
    const QByteArray padded = bytes + QByteArray(Manifest::maxBytes - bytes.size(), ' ');
    const auto largest = Manifest::parse(padded);
    ASSERT_TRUE(isOk(largest));
    EXPECT_EQ(largest->digest(), Digester::of(padded));
    EXPECT_TRUE(isError(Manifest::parse(padded + ' '), ErrorKind::Corrupt));
}

// What one program reads as an index and the next as an image (CVE-2021-41190). The stock registry stores
// both, and its garbage collection takes the parts of whichever it does not see.
TEST(Manifest, RefusesBytesThatAreTwoKindsAtOnce)
{
    const QByteArray both = R"(,"config":)" + descriptor("1") + R"(,"layers":[],"manifests":[]})";
    for (const QByteArray &type :
         {QByteArray(mediatype::ociManifest), QByteArray(mediatype::ociIndex),
          QByteArray(mediatype::dockerManifest), QByteArray(mediatype::dockerManifestList)}) {
        EXPECT_FALSE(Manifest::parse(R"({"schemaVersion":2,"mediaType":")" + type + '"' + both))
            << type.toStdString();
        EXPECT_FALSE(Manifest::parse(R"({"schemaVersion":2)" + both, type)) << type.toStdString();
    }
}

} // namespace
} // namespace layerpool
