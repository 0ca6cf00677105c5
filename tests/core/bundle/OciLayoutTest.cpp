// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/ImageSourceTest.h"

// OCI layouts, in a folder and in a tar: which images they name, and what of them is not believed.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kOciManifest = "application/vnd.oci.image.manifest.v1+json";
const QByteArray kOciIndex = "application/vnd.oci.image.index.v1+json";

class OciLayoutTest : public ImageSourceTest
{
protected:
    static QByteArray named(const QByteArray &bytes, const QByteArray &name,
                            const QByteArray &type = kOciManifest)
    {
        return descriptor(type, bytes,
                          R"(,"annotations":{"org.opencontainers.image.ref.name":")" + name + R"("})");
    }

    Files layout(const QByteArrayList &descriptors) const
    {
        Files files{{"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"},
                    {"index.json", indexOf(descriptors)}};
        for (const Image &each : {m_one, m_two}) {
            for (const QByteArray &bytes : {each.layer, each.config, each.manifest}) {
                files["blobs/sha256/" + hexOf(bytes)] = bytes;
            }
        }
        return files;
    }

    const Image m_one = image("one");
    const Image m_two = image("two");
};

TEST_F(OciLayoutTest, NamesAreThoseThatAConvertWouldGive)
{
    const QByteArray containerd = descriptor(
        kOciManifest, m_two.manifest,
        R"(,"annotations":{"io.containerd.image.name":"docker.io/library/two:2","org.opencontainers.image.ref.name":"2"})");
    const Files files = layout({named(m_one.manifest, "quay.io/team/one:v1"), containerd});
    for (const QString &path : {folder(files), tar(files)}) {
        const Result<BundleContent> content = read(path);
        ASSERT_TRUE(isOk(content));
        EXPECT_EQ(namesOf(content), (std::map<QString, Digest>{{u"team/one:v1"_s, m_one.root()},
                                                               {u"library/two:2"_s, m_two.root()}}));
        EXPECT_EQ(m_blobs.size(), 6U);
        EXPECT_EQ(content->blobs.size(), 6U);
        const auto *one = content->repository(*RepositoryName::parse(u"team/one"));
        ASSERT_NE(one, nullptr);
        EXPECT_TRUE(one->revisions.contains(m_one.root()));
        EXPECT_TRUE(one->layers.contains(Digester::of(m_one.layer)));
        EXPECT_TRUE(one->layers.contains(Digester::of(m_one.config)));
        EXPECT_FALSE(one->layers.contains(Digester::of(m_two.layer)));
    }
}

TEST_F(OciLayoutTest, ATagAloneNeedsAName)
{
    const QString path = folder(layout({named(m_one.manifest, "v1"), named(m_two.manifest, "v2")}));
    expectRefused(read(path), u"--as NAME"_s);
    EXPECT_EQ(
        namesOf(read(path, u"team/app"_s)),
        (std::map<QString, Digest>{{u"team/app:v1"_s, m_one.root()}, {u"team/app:v2"_s, m_two.root()}}));
    expectRefused(read(path, u"team/app:v3"_s), u"would be team/app:v3"_s);
}

TEST_F(OciLayoutTest, WithoutAnyNameItMustBeSaid)
{
    const QString path = folder(layout({descriptor(kOciManifest, m_one.manifest)}));
    expectRefused(read(path), u"--as NAME:TAG"_s);
    EXPECT_EQ(namesOf(read(path, u"team/app"_s)).count(u"team/app:latest"_s), 1U);
    EXPECT_EQ(namesOf(read(path, u"busybox:1"_s)).count(u"library/busybox:1"_s), 1U);
}

TEST_F(OciLayoutTest, WhatHasNoNameBesideNamesStaysBehind)
{
    const Result<BundleContent> content = read(
        folder(layout({named(m_one.manifest, "team/one:v1"), descriptor(kOciManifest, m_two.manifest)})));
    EXPECT_EQ(namesOf(content).size(), 1U);
    EXPECT_EQ(m_blobs.size(), 3U);
    EXPECT_EQ(m_notes.size(), 1);
}

TEST_F(OciLayoutTest, AnIndexIsWhatIsThereOfIt)
{
    const QByteArray absent = image("absent").manifest;
    const QByteArray index =
        indexOf({descriptor(kOciManifest, m_one.manifest), descriptor(kOciManifest, absent)});
    Files files = layout({named(index, "team/app:v1", kOciIndex)});
    files["blobs/sha256/" + hexOf(index)] = index;
    const Result<BundleContent> content = read(folder(files));
    ASSERT_TRUE(isOk(content));
    const auto *app = content->repository(*RepositoryName::parse(u"team/app"));
    ASSERT_NE(app, nullptr);
    EXPECT_TRUE(app->revisions.contains(Digester::of(index)));
    EXPECT_TRUE(app->revisions.contains(m_one.root()));
    EXPECT_FALSE(app->revisions.contains(Digester::of(absent)));

    const QByteArray empty = indexOf({descriptor(kOciManifest, absent)});
    Files other = layout({named(empty, "team/app:v1", kOciIndex)});
    other["blobs/sha256/" + hexOf(empty)] = empty;
    expectRefused(read(folder(other, u"other"_s)), u"no image of the index"_s);
}

TEST_F(OciLayoutTest, WhatIsNotAsItsDigestSaysRefusesTheWhole)
{
    const Files good = layout({named(m_one.manifest, "team/one:v1")});
    Files bad = good;
    bad["blobs/sha256/" + hexOf(m_one.layer)] = QByteArray(m_one.layer.size(), 'x');
    expectRefused(read(folder(bad, u"layer"_s)), QString::fromLatin1(hexOf(m_one.layer)));
    bad = good;
    bad["blobs/sha256/" + hexOf(m_one.manifest)] = m_two.manifest;
    expectRefused(read(folder(bad, u"manifest"_s)), QString::fromLatin1(hexOf(m_one.manifest)));
    bad = good;
    bad.erase("blobs/sha256/" + hexOf(m_one.manifest));
    expectRefused(read(folder(bad, u"missing"_s)), u"which is missing"_s);
    bad = good;
    bad["index.json"] = "{";
    expectRefused(read(folder(bad, u"index"_s)), u"index.json"_s);
    bad = good;
    bad["oci-layout"] = R"({"imageLayoutVersion":"9"})";
    expectRefused(read(folder(bad, u"version"_s)), u"oci-layout"_s);
    bad = layout({named(m_one.manifest, "No Name")});
    expectRefused(read(folder(bad, u"name"_s)), u"“No Name”"_s);
}

TEST_F(OciLayoutTest, NoLinkLeadsOutOfAFolder)
{
    const QString path = folder(layout({named(m_one.manifest, "team/one:v1")}));
    const QString secret = m_directory.filePath(u"secret"_s);
    QFile file(secret);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(m_one.layer) > 0);
    file.close();
    const QString blob = path + u"/blobs/sha256/"_s + QString::fromLatin1(hexOf(m_one.layer));
    ASSERT_TRUE(QFile::remove(blob) && QFile::link(secret, blob));
    expectRefused(read(path), QString::fromLatin1(hexOf(m_one.layer)));
    ASSERT_TRUE(QFile::remove(blob));
    ASSERT_TRUE(QFile::link(m_directory.path(), path + u"/out"_s));
    expectRefused(read(path), u"“out”"_s);
}

TEST_F(OciLayoutTest, NoEntryOfATarLeadsOut)
{
    const Files files = layout({named(m_one.manifest, "team/one:v1")});
    const auto with = [&](const RawEntry &hostile) {
        std::vector<RawEntry> entries;
        for (const auto &[name, bytes] : files) {
            entries.push_back({name, bytes});
        }
        entries.push_back(hostile);
        return tar(entries);
    };
    expectRefused(read(with({"/etc/passwd", "x"})), u"absolute"_s);
    expectRefused(read(with({"blobs/../../x", "x"})), u"leads out"_s);
    expectRefused(read(with({"index.json", "{}"})), u"twice"_s);
    expectRefused(read(with({.name = "dev", .type = '3'})), u"device"_s);
    EXPECT_TRUE(isOk(read(with({.name = "link", .type = '2', .link = "/etc/passwd"}))));
}

} // namespace
} // namespace layerpool::test
