// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/ImageSourceTest.h"

#include "support/SampleImages.h"

// Folders as skopeo leaves them, and pools.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SkopeoDirsTest : public ImageSourceTest
{
protected:
    static void addTo(Files &files, const QByteArray &at, const Image &each)
    {
        files[at + "version"] = "Directory Transport Version: 1.1\n";
        files[at + "manifest.json"] = each.manifest;
        files[at + hexOf(each.config)] = each.config;
        files[at + hexOf(each.layer)] = each.layer;
    }

    const Image m_one = image("one");
    const Image m_two = image("two");
};

TEST_F(SkopeoDirsTest, APathIsAName)
{
    Files files;
    addTo(files, "quay.io:443/team/one:v1/", m_one);
    addTo(files, "docker.io/library/two:2/", m_two);
    addTo(files, "plain:1/", m_two);
    const Result<BundleContent> content = read(folder(files));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content), (std::map<QString, Digest>{{u"team/one:v1"_s, m_one.root()},
                                                           {u"library/two:2"_s, m_two.root()},
                                                           {u"library/plain:1"_s, m_two.root()}}));
    EXPECT_EQ(m_blobs.size(), 6U) << "what several folders have comes once";
}

TEST_F(SkopeoDirsTest, AFolderAloneHasNoName)
{
    Files files;
    addTo(files, {}, m_one);
    const QString path = folder(files);
    expectRefused(read(path), u"--as NAME:TAG"_s);
    EXPECT_EQ(namesOf(read(path, u"team/one:v1"_s)),
              (std::map<QString, Digest>{{u"team/one:v1"_s, m_one.root()}}));
}

TEST_F(SkopeoDirsTest, ChildrenOfAnIndexLieBesideIt)
{
    const QByteArray type = "application/vnd.oci.image.manifest.v1+json";
    const QByteArray index = indexOf({descriptor(type, m_one.manifest), descriptor(type, m_two.manifest)});
    Files files;
    addTo(files, "team/app:v1/", m_one);
    addTo(files, "team/app:v1/", m_two);
    files["team/app:v1/manifest.json"] = index;
    for (const Image &each : {m_one, m_two}) {
        files["team/app:v1/" + hexOf(each.manifest) + ".manifest.json"] = each.manifest;
    }
    const Result<BundleContent> content = read(folder(files));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content).at(u"team/app:v1"_s), Digester::of(index));
    EXPECT_EQ(m_blobs.size(), 7U);
}

TEST_F(SkopeoDirsTest, TwoRegistriesMayNotMeetInOneName)
{
    Files files;
    addTo(files, "quay.io/team/app:v1/", m_one);
    addTo(files, "ghcr.io/team/app:v1/", m_two);
    const Result<BundleContent> content = read(folder(files));
    expectRefused(content, u"quay.io/team/app:v1/manifest.json"_s);
    expectRefused(content, u"ghcr.io/team/app:v1/manifest.json"_s);
}

TEST_F(SkopeoDirsTest, WhatLiesBesideATreeIsSaidToStayBehind)
{
    Files files;
    addTo(files, "quay.io/team/one:v1/", m_one);
    files["more.tar.001"] = "x";
    files["more.tar.002"] = "x";
    files["more.sha256"] = "x";
    files["layout/oci-layout"] = "{}";
    files["pool/docker/registry/v2/x"] = "x";
    const Result<BundleContent> content = read(folder(files));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content).size(), 1U);
    EXPECT_EQ(m_notes.size(), 1);
    EXPECT_TRUE(m_notes.value(0).endsWith(u": more.tar, layout/, pool/"_s)) << m_notes.value(0).toStdString();
}

TEST_F(SkopeoDirsTest, OfSeveralThingsInAFolderOneIsToBeNamed)
{
    const QString path = folder({{"one.tar.zst", "x"}, {"two.zip", "x"}, {"pool/docker/registry/v2/x", "x"}});
    const Result<BundleContent> content = read(path);
    expectRefused(content, u"one at a time: one.tar.zst, two.zip, pool/"_s);
}

TEST_F(SkopeoDirsTest, ATreeBesideAPoolIsSaidToStayBehind)
{
    SampleRegistry pool(m_directory.filePath(u"source"_s));
    pool.add(u"team/one"_s, u"v1"_s);
    Files files;
    addTo(files, "quay.io/team/two:v1/", m_two);
    const Result<BundleContent> content = read(folder(files));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content).size(), 1U);
    EXPECT_TRUE(m_notes.value(0).endsWith(u": quay.io/"_s)) << m_notes.value(0).toStdString();
}

TEST_F(SkopeoDirsTest, AFolderOfNoKindHasNoImages)
{
    expectRefused(read(folder({{"some/file", "text"}})), u"There are no images"_s);
    Files files;
    addTo(files, "Some Name/", m_one);
    expectRefused(read(folder(files, u"named"_s)), u"“Some Name”"_s);
}

TEST_F(SkopeoDirsTest, APoolIsTakenAsItIs)
{
    const QString path = m_directory.filePath(u"pool"_s);
    SampleRegistry samples(path);
    const Sample one = samples.add(u"plain"_s, u"1"_s);
    const Sample two = samples.add(u"team/app"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    const Result<BundleContent> content = read(path);
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(namesOf(content),
              (std::map<QString, Digest>{{u"plain:1"_s, one.root}, {u"team/app:v1"_s, two.root}}));
    EXPECT_EQ(qint64(m_blobs.size()), samples.blobCount());
    expectRefused(read(path, u"other:1"_s), u"can't be called otherwise"_s);
}

} // namespace
} // namespace layerpool::test
