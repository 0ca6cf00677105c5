// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrersUnion.h"

#include "base/Digester.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

using Kind = ReferrersUnion::Kind;

QByteArray digestOf(const QByteArray &seed)
{
    return Digester::of(seed).toByteArray();
}

QByteArray entryOf(const QByteArray &seed, const QByteArray &more = {})
{
    return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" + digestOf(seed) +
           R"(","size":7)" + more + '}';
}

Manifest index(const QByteArrayList &descriptors, const QByteArray &more = {})
{
    return *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
        descriptors.join(',') + "]" + more + "}");
}

QJsonObject saidBy(const Manifest &manifest)
{
    return QJsonDocument::fromJson(manifest.bytes()).object();
}

QByteArray layer(const QByteArray &payload, const QByteArray &signature)
{
    return R"({"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","digest":")" +
           digestOf(payload) + R"(","size":9,"annotations":{"dev.cosignproject.cosign/signature":")" +
           signature + R"("}})";
}

Manifest signatures(const QByteArrayList &layers)
{
    return *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
        entryOf(layers.join()) + R"(,"layers":[)" + layers.join(',') + "]}");
}

TEST(ReferrersUnionTest, OfTwoIndexesTheNewOneIsTheirsWithOursAtItsEnd)
{
    const QByteArray a = entryOf("a", R"( , "artifactType":"x", "annotations":{"z":"é","a":"\u00e9/"})");
    const QByteArray b = entryOf("b");
    const QByteArray c = entryOf("c", R"(,"annotations":{"n":"1"})");
    const QByteArray end = R"( , "annotations":{"made":"there"})";
    const ReferrersUnion both = unite(index({a, b}, end), index({b, c}));
    ASSERT_EQ(both.kind, Kind::Both);
    EXPECT_EQ(saidBy(*both.both), saidBy(index({a, b, c}, end)));
    EXPECT_EQ(unite(*both.both, index({b, c})).kind, Kind::Theirs);
    EXPECT_EQ(unite(*both.both, index({a, b}, end)).kind, Kind::Theirs);
}

TEST(ReferrersUnionTest, WhereOneHasAllTheOtherHasItIsTaken)
{
    const QByteArray a = entryOf("a");
    const QByteArray b = entryOf("b");
    EXPECT_EQ(unite(index({a, b}), index({b})).kind, Kind::Theirs);
    EXPECT_EQ(unite(index({b}), index({a, b})).kind, Kind::Ours);
    EXPECT_EQ(unite(index({a, b}), index({b, a})).kind, Kind::Theirs) << "the order does not count";
    EXPECT_EQ(unite(index({}), index({a})).kind, Kind::Ours);
}

TEST(ReferrersUnionTest, WhatTheirDescriptorsSayOfTheSameManifestIsNotLost)
{
    const QByteArray theirs = entryOf("a", R"(,"annotations":{"n":"theirs"})");
    const QByteArray b = entryOf("b");
    const ReferrersUnion both = unite(index({theirs}), index({entryOf("a"), b}));
    ASSERT_EQ(both.kind, Kind::Both);
    EXPECT_EQ(saidBy(*both.both), saidBy(index({theirs, b})));
}

TEST(ReferrersUnionTest, AUnionThatNoRegistryTakesIsNotMade)
{
    const QByteArray note(3 * 1024 * 1024, 'x');
    const QByteArray large = R"(,"annotations":{"n":")" + note + R"("})";
    EXPECT_EQ(unite(index({entryOf("a", large)}), index({entryOf("b", large)})).kind, Kind::Apart);
}

TEST(ReferrersUnionTest, SignaturesAreToldByAllThatTheirLayersSay)
{
    const QByteArray one = layer("payload", "one");
    const QByteArray two = layer("payload", "two"); // another key signed the very same bytes
    EXPECT_EQ(unite(signatures({one, two}), signatures({two})).kind, Kind::Theirs);
    EXPECT_EQ(unite(signatures({one}), signatures({one, two})).kind, Kind::Ours);
    EXPECT_EQ(unite(signatures({one}), signatures({two})).kind, Kind::Apart);
}

TEST(ReferrersUnionTest, AnIndexAndAnImageHaveNothingInCommon)
{
    EXPECT_EQ(unite(index({entryOf("a")}), signatures({layer("p", "s")})).kind, Kind::Apart);
    EXPECT_EQ(unite(signatures({layer("p", "s")}), index({entryOf("a")})).kind, Kind::Apart);
}

} // namespace
} // namespace layerpool
