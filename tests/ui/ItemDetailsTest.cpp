// SPDX-License-Identifier: Apache-2.0
#include "work/ItemDetails.h"

#include "UiTest.h"
#include "work/JsonText.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

TEST(JsonTextTest, BreaksLinesAndChangesNoWord)
{
    EXPECT_EQ(
        indented(R"({"b":1e400,"a":[1, 2],"empty":{ },"text":"a, \"b\": {c}"})"),
        u"{\n  \"b\": 1e400,\n  \"a\": [\n    1,\n    2\n  ],\n  \"empty\": {},\n  \"text\": \"a, \\\"b\\\": {c}\"\n}"_s);
    EXPECT_EQ(indented("\"\\\\\",1"), u"\"\\\\\",\n1"_s) << "an escaped backslash ends no escape";
    EXPECT_EQ(indented("}}}"), u"\n}\n}\n}"_s) << "what is no JSON is shown all the same";
}

class ItemDetailsTest : public UiTest
{
protected:
    ItemDetails detailsOf(const PoolItem &item) { return ItemDetails::of(*indexOf(m_pool.path()), item); }
    static QString fact(const ItemDetails &details, const QString &group, const QString &name)
    {
        for (const ItemDetails::Group &candidate : details.groups) {
            for (const ItemDetails::Fact &found : candidate.facts) {
                if (candidate.name == group && found.name == name) {
                    return found.value;
                }
            }
        }
        return {};
    }
    static bool hasGroup(const ItemDetails &details, const QString &name)
    {
        return std::any_of(details.groups.begin(), details.groups.end(),
                           [&](const ItemDetails::Group &group) { return group.name == name; });
    }

    SampleRegistry m_pool{path(u"pool"_s)};
};

TEST_F(ItemDetailsTest, AnImageInWordsAndBytes)
{
    const Sample image = m_pool.add(u"calico/cni"_s, u"v1"_s);
    const Sample signature = m_pool.addSignature(u"calico/cni"_s, image.root);
    const ItemDetails details = detailsOf({PoolItem::Kind::Image, image.reference(), image.root});
    EXPECT_EQ(details.title, u"calico/cni:v1"_s);
    EXPECT_EQ(details.manifest.bytes, image.bytes) << "byte for byte";
    EXPECT_TRUE(details.config.bytes.contains("\"architecture\"")) << details.config.bytes.toStdString();
    EXPECT_EQ(fact(details, u"Summary"_s, u"Digest"_s), image.root.toString());
    EXPECT_EQ(fact(details, u"Summary"_s, u"Platform"_s), u"linux/amd64"_s);
    EXPECT_FALSE(fact(details, u"Summary"_s, u"Created"_s).isEmpty());
    EXPECT_TRUE(fact(details, u"Summary"_s, u"Size"_s).endsWith(u" bytes)"_s));
    EXPECT_FALSE(fact(details, u"Layers"_s, image.amd64().layers[0].shortHex()).isEmpty());
    EXPECT_EQ(fact(details, u"Signatures and attestations"_s, u"Signature"_s), signature.tag);
}

TEST_F(ItemDetailsTest, AConfigTellsItsHistoryEnvironmentAndLabels)
{
    const QByteArray config = R"({"architecture":"amd64","os":"linux","config":{
        "Env":["PATH=/usr/bin:/bin","OPTIONS=a=b"],"Labels":{"maintainer":"somebody","empty":""},
        "Entrypoint":["/init","--now"],"Cmd":["serve"],"User":"1000","WorkingDir":"/srv"},
        "history":[{"created_by":"/bin/sh -c #(nop) ADD file:1 in / "},
        {"created_by":"/bin/sh -c #(nop)  ENV OPTIONS=a=b","empty_layer":true},
        {"created_by":"/bin/sh -c apk add curl"}]})";
    const Sample image = m_pool.add(u"a"_s, u"v1"_s);
    QFile file(m_pool.blobPath(image.amd64().config)); // in place of the sample's own
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(config);
    file.close();
    const ItemDetails details = detailsOf({PoolItem::Kind::Image, image.reference(), image.root});
    EXPECT_EQ(details.config.bytes, config) << "byte for byte";
    const auto factsOf = [&](const QString &name) {
        QStringList facts;
        for (const ItemDetails::Group &group : details.groups) {
            for (const ItemDetails::Fact &found : group.facts) {
                if (group.name == name) {
                    facts << found.name + u": "_s + found.value;
                }
            }
        }
        return facts;
    };
    EXPECT_EQ(factsOf(u"History"_s),
              QStringList({u"Layer 1: ADD file:1 in /"_s, u"Setting: ENV OPTIONS=a=b"_s,
                           u"Layer 2: apk add curl"_s}));
    EXPECT_EQ(factsOf(u"Environment"_s), QStringList({u"PATH: /usr/bin:/bin"_s, u"OPTIONS: a=b"_s}));
    EXPECT_EQ(factsOf(u"Labels"_s), QStringList({u"empty: "_s, u"maintainer: somebody"_s}));
    EXPECT_EQ(fact(details, u"Summary"_s, u"Entrypoint"_s), u"/init --now"_s);
    EXPECT_EQ(fact(details, u"Summary"_s, u"Command"_s), u"serve"_s);
    EXPECT_EQ(fact(details, u"Summary"_s, u"User"_s), u"1000"_s);
    EXPECT_EQ(fact(details, u"Summary"_s, u"Working directory"_s), u"/srv"_s);
}

TEST_F(ItemDetailsTest, AnIndexNamesItsPlatforms)
{
    const Sample image = m_pool.add(u"a"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    const ItemDetails details = detailsOf({PoolItem::Kind::Image, image.reference(), image.root});
    EXPECT_EQ(fact(details, u"Platforms"_s, u"linux/amd64"_s), image.amd64().digest.toString());
    EXPECT_EQ(details.manifest.bytes, image.bytes);
    EXPECT_TRUE(details.config.bytes.isEmpty());
    const ItemDetails platform =
        detailsOf({PoolItem::Kind::Platform, image.reference(), image.amd64().digest});
    EXPECT_EQ(platform.manifest.bytes, image.amd64().bytes);
    EXPECT_TRUE(hasGroup(platform, u"Layers"_s));
}

TEST_F(ItemDetailsTest, WhatRefersToAnImageIsNamedByItsSort)
{
    const QString group = u"Signatures and attestations"_s;
    const Sample image = m_pool.add(u"a"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .hasAttestation = true});
    m_pool.addReferrer(u"a"_s, image.root);
    const ItemDetails details = detailsOf({PoolItem::Kind::Image, image.reference(), image.root});
    EXPECT_TRUE(fact(details, group, u"SBOM"_s).startsWith(u"sha256:"_s));
    EXPECT_TRUE(fact(details, group, u"SBOM"_s).endsWith(u"(application/spdx+json)"_s))
        << fact(details, group, u"SBOM"_s).toStdString();
    EXPECT_TRUE(fact(details, group, u"Attestation"_s).startsWith(u"sha256:"_s));
    EXPECT_TRUE(fact(details, u"Platforms"_s, u"Attestation"_s).isEmpty()) << "it is no platform";
}

TEST_F(ItemDetailsTest, ALayerNamesTheImagesThatNeedIt)
{
    const ImageSpec onOneBase{.layers = 2, .sharedLayers = 1, .base = 0};
    const Sample image = m_pool.add(u"a"_s, u"v1"_s, onOneBase);
    m_pool.add(u"b"_s, u"v1"_s, onOneBase);
    const ItemDetails details = detailsOf({PoolItem::Kind::Layer, {}, image.amd64().layers[0]});
    EXPECT_FALSE(fact(details, u"Images"_s, u"a:v1"_s).isEmpty());
    EXPECT_FALSE(fact(details, u"Images"_s, u"b:v1"_s).isEmpty());
    EXPECT_TRUE(details.manifest.bytes.isEmpty());
}

TEST_F(ItemDetailsTest, WhatIsNotThereIsSaid)
{
    m_pool.add(u"a"_s, u"v1"_s);
    EXPECT_EQ(fact(detailsOf({PoolItem::Kind::Image, u"a:v1"_s, Digest()}), u"Summary"_s, u"Manifest"_s),
              u"missing, or damaged"_s);
    EXPECT_EQ(fact(detailsOf({PoolItem::Kind::Layer, {}, Digest()}), u"Summary"_s, u"Blob"_s),
              u"not in this pool"_s);
    EXPECT_TRUE(detailsOf({}).groups.empty());
    EXPECT_TRUE(detailsOf({PoolItem::Kind::Repository, u"none"_s, {}}).groups.empty());
    EXPECT_EQ(fact(detailsOf({PoolItem::Kind::Repository, u"a"_s, {}}), u"Summary"_s, u"Images"_s), u"1"_s);
}

} // namespace
} // namespace layerpool::test
