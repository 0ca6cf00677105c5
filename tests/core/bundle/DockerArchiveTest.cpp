// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/ImageSourceTest.h"

#include <QJsonDocument>
#include <QJsonObject>

// What `docker save` makes, before and since it holds an OCI layout too.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class DockerArchiveTest : public ImageSourceTest
{
protected:
    static QByteArray listed(const QByteArray &config, const QByteArray &tags, const QByteArray &layer)
    {
        return R"([{"Config":")" + config + R"(","RepoTags":)" + tags + R"(,"Layers":[")" + layer + R"("]}])";
    }
    QByteArray configFile() const { return hexOf(m_image.config) + ".json"; }
    std::vector<RawEntry> archive(const QByteArray &tags = R"(["busybox:1","quay.io/team/app:v1"])",
                                  const QByteArray &layer = "l/layer.tar") const
    {
        return {{configFile(), m_image.config},
                {"l/layer.tar", m_image.layer},
                {"l/VERSION", "1.0"},
                {"manifest.json", listed(configFile(), tags, layer)}};
    }

    const Image m_image = image("docker");
};

TEST_F(DockerArchiveTest, AManifestIsMade)
{
    const Result<BundleContent> content = read(tar(archive()));
    ASSERT_TRUE(isOk(content));
    const std::map<QString, Digest> names = namesOf(content);
    ASSERT_EQ(names.size(), 2U);
    const Digest root = names.at(u"library/busybox:1"_s);
    EXPECT_EQ(names.at(u"team/app:v1"_s), root);
    EXPECT_EQ(m_blobs.size(), 3U);
    const QJsonObject manifest = QJsonDocument::fromJson(m_blobs.at(root)).object();
    EXPECT_EQ(manifest.value(u"mediaType"_s).toString(),
              u"application/vnd.docker.distribution.manifest.v2+json"_s);
    EXPECT_EQ(m_blobs.at(Digester::of(m_image.config)), m_image.config);
    EXPECT_EQ(m_blobs.at(Digester::of(m_image.layer)), m_image.layer);
    ASSERT_EQ(m_notes.size(), 1);
    EXPECT_TRUE(m_notes.first().contains(u"made anew"_s));
}

TEST_F(DockerArchiveTest, ALinkToALayerInTheArchiveIsThatLayer)
{
    std::vector<RawEntry> entries = archive("[\"team/app:v1\"]", "other/layer.tar");
    entries.push_back({.name = "other/layer.tar", .type = '2', .link = "../l/layer.tar"});
    EXPECT_TRUE(isOk(read(tar(entries))));
    entries.back().link = "../../l/layer.tar";
    expectRefused(read(tar(entries)), u"“other/layer.tar”"_s);
    entries.back().link = "/etc/passwd";
    expectRefused(read(tar(entries)), u"“other/layer.tar”"_s);
}

TEST_F(DockerArchiveTest, WithoutTagsItNeedsAName)
{
    expectRefused(read(tar(archive("null"))), u"--as NAME:TAG"_s);
    EXPECT_EQ(namesOf(read(tar(archive("null")), u"team/app:v2"_s)).count(u"team/app:v2"_s), 1U);
    EXPECT_EQ(namesOf(read(tar(archive("[\"a:1\"]")), u"team/app"_s)).count(u"team/app:1"_s), 1U);
}

TEST_F(DockerArchiveTest, WhatDoesNotFitRefusesTheWhole)
{
    std::vector<RawEntry> entries = archive();
    entries[1].bytes = QByteArray(m_image.layer.size(), 'x');
    expectRefused(read(tar(entries)), u"“l/layer.tar”"_s);
    expectRefused(read(tar(archive("[\"a:1\"]", "not/there.tar"))), u"“not/there.tar”"_s);
    entries = archive();
    entries[0].bytes = R"({"rootfs":{"diff_ids":[]}})";
    expectRefused(read(tar(entries)), QString::fromLatin1(configFile()));
    entries = archive();
    entries.back().bytes = "[1";
    expectRefused(read(tar(entries)), u"“manifest.json”"_s);
    entries = archive("[\"A B\"]");
    expectRefused(read(tar(entries)), u"“A B”"_s);
}

TEST_F(DockerArchiveTest, LayersThatWereLeftPackedAreKeptSo)
{
    const QByteArray packed = "\x1f\x8b packed";
    std::vector<RawEntry> entries = archive("[\"team/app:v1\"]", "l.tar.gz");
    entries[1] = {"l.tar.gz", packed};
    const Result<BundleContent> content = read(tar(entries));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(m_blobs.at(Digester::of(packed)), packed);
    EXPECT_TRUE(m_blobs.at(namesOf(content).at(u"team/app:v1"_s)).contains("rootfs.diff.tar.gzip"));
}

TEST_F(DockerArchiveTest, TheLayoutInsideIsBetter)
{
    const QByteArray blobs = "blobs/sha256/";
    const Files files{
        {"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"},
        {"index.json", indexOf({descriptor("application/vnd.oci.image.manifest.v1+json", m_image.manifest)})},
        {blobs + hexOf(m_image.layer), m_image.layer},
        {blobs + hexOf(m_image.config), m_image.config},
        {blobs + hexOf(m_image.manifest), m_image.manifest},
        {"manifest.json",
         listed(blobs + hexOf(m_image.config), R"(["busybox:1"])", blobs + hexOf(m_image.layer))}};
    const Result<BundleContent> content = read(tar(files));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content), (std::map<QString, Digest>{{u"library/busybox:1"_s, m_image.root()}}));
    EXPECT_TRUE(m_notes.isEmpty());
}

} // namespace
} // namespace layerpool::test
