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

const QByteArray kDigest = "sha256:" + QByteArray(64, 'a');

QByteArray descriptor(const QByteArray &size, const QByteArray &digest = kDigest)
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
    EXPECT_TRUE(isError(Manifest::parse(image(R"([{"digest":")" + kDigest + R"("}])")), ErrorKind::Corrupt));
    EXPECT_TRUE(
        isError(Manifest::parse(image('[' + descriptor("1", "sha256:../../etc") + ']')), ErrorKind::Corrupt));
    const QByteArray type = mediatype::ociManifest;
    EXPECT_TRUE(isError(Manifest::parse(R"({"schemaVersion":2,"mediaType":")" + type + R"(","layers":[]})"),
                        ErrorKind::Corrupt));
}

TEST(Manifest, NamesTheKindThatItCannotKeep)
{
    const QByteArray schema1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    const auto old = Manifest::parse(R"({"schemaVersion":1,"fsLayers":[]})", schema1);
    ASSERT_TRUE(isError(old, ErrorKind::Unsupported));
    EXPECT_TRUE(old.error().sentence().contains(QString::fromLatin1(schema1)));
    EXPECT_TRUE(isError(Manifest::parse(image("[]", "application/vnd.oci.artifact.manifest.v1+json")),
                        ErrorKind::Unsupported));
    EXPECT_TRUE(isError(Manifest::parse("{}"), ErrorKind::Unsupported));
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
