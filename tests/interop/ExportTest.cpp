// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>

#include <sys/stat.h>

// Folders of skopeo's and OCI layouts out of a pool, as skopeo takes them.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ExportTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool(allLines, {u"--all-platforms"_s});
    }

    Outcome exportTo(const QString &target, const QString &format, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"export"_s, pool(), target, u"--format"_s, format} + more);
    }
    static ino_t fileOf(const QString &path)
    {
        struct stat status
        {
        };
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_ino : 0;
    }
    static QString blobIn(const QString &pool, const Digest &digest)
    {
        const QString hex = QString::fromLatin1(digest.hex());
        return registryRoot(pool) + u"/blobs/sha256/"_s + hex.first(2) + u'/' + hex + u"/data"_s;
    }
    static QString hexOf(const Digest &digest) { return QString::fromLatin1(digest.hex()); }

    const QStringList m_all{u"apps/one:v1"_s, u"apps/two:v1"_s, u"apps/two:v2"_s, u"plain:1"_s};
};

TEST_F(ExportTest, SkopeoSyncTakesItsFolders)
{
    const QString target = path(u"dirs"_s);
    const Outcome outcome = exportTo(target, u"skopeo-dir"_s);
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.out.contains("shared by hard links")) << outcome;
    EXPECT_FALSE(isThere(target + u"/.layerpool-export"_s));
    const Digest layer = m_one.amd64().layers.back();
    EXPECT_EQ(fileOf(target + u"/apps/one:v1/"_s + hexOf(layer)), fileOf(blobIn(pool(), layer)));
    EXPECT_NE(fileOf(target + u"/apps/one:v1/manifest.json"_s), fileOf(blobIn(pool(), m_one.root)))
        << "skopeo writes a manifest in place";

    const QString storage = path(u"far"_s);
    ASSERT_TRUE(QDir().mkpath(storage));
    const StockRegistry far(storage);
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    const Outcome synced =
        run(u"skopeo"_s,
            {u"--insecure-policy"_s, u"sync"_s, u"--all"_s, u"--scoped"_s, u"--dest-tls-verify=false"_s,
             u"--src"_s, u"dir"_s, u"--dest"_s, u"docker"_s, target, far.host()},
            forSkopeo());
    ASSERT_EQ(synced.exitStatus, 0) << synced;
    EXPECT_TRUE(isSame(rawBySkopeo(far.host(), m_all), rawBySkopeo(m_source.host(), m_all)));
}

TEST_F(ExportTest, AFolderIsWhatSkopeoItselfLeaves)
{
    const QString target = path(u"dirs"_s);
    ASSERT_EQ(exportTo(target, u"skopeo-dir"_s).exitStatus, 0);
    for (const QString &image : m_all) {
        const QString own = path(u"own/"_s + image);
        ASSERT_TRUE(QDir().mkpath(own));
        const Outcome copied =
            run(u"skopeo"_s,
                {u"--insecure-policy"_s, u"copy"_s, u"--all"_s, u"--src-tls-verify=false"_s,
                 u"docker://"_s + m_source.host() + u'/' + image, u"dir:"_s + own},
                forSkopeo());
        ASSERT_EQ(copied.exitStatus, 0) << copied;
        EXPECT_TRUE(isSame(treeOf(target + u'/' + image), treeOf(own))) << image.toStdString();
    }
}

TEST_F(ExportTest, SkopeoCopyTakesAnOciLayout)
{
    const QString target = path(u"layout"_s);
    const Outcome outcome = exportTo(target, u"oci-layout"_s);
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("of Docker's media types")) << outcome;
    for (const Sample *sample : {&m_two, &m_plain}) {
        const QString to = path(u"out-"_s + sample->tag);
        const Outcome copied = run(u"skopeo"_s,
                                   {u"--insecure-policy"_s, u"copy"_s, u"--all"_s,
                                    u"oci:"_s + target + u':' + sample->reference(), u"dir:"_s + to},
                                   forSkopeo());
        ASSERT_EQ(copied.exitStatus, 0) << copied;
        EXPECT_EQ(bytesOf(to + u"/manifest.json"_s), sample->bytes);
    }
    const Digest layer = m_one.amd64().layers.back();
    EXPECT_EQ(fileOf(target + u"/blobs/sha256/"_s + hexOf(layer)), fileOf(blobIn(pool(), layer)));
}

TEST_F(ExportTest, WhatIsThereGrows)
{
    const QString list = m_place.write(u"first.txt"_s, "plain:1\n");
    const QString more = m_place.write(u"more.txt"_s, "apps/two:v1\n");
    for (const QString &format : {u"skopeo-dir"_s, u"oci-layout"_s}) {
        const QString target = path(format);
        ASSERT_EQ(exportTo(target, format, {u"--list"_s, list}).exitStatus, 0);
        const Tree first = treeOf(target);
        const Outcome second = exportTo(target, format, {u"--list"_s, more});
        EXPECT_EQ(second.exitStatus, 0) << second;
        Tree now = treeOf(target);
        for (const auto &[name, bytes] : first) {
            EXPECT_TRUE(name == u"index.json"_s || now[name] == bytes) << name.toStdString();
        }
        EXPECT_GT(now.size(), first.size());
        EXPECT_EQ(exportTo(target, format).exitStatus, 0);
        const Tree all = treeOf(target);
        EXPECT_EQ(exportTo(target, format).exitStatus, 0);
        EXPECT_TRUE(isSame(treeOf(target), all)) << "a second time changes nothing";
    }
}

TEST_F(ExportTest, AnImportTakesItBack)
{
    const QString list = m_place.write(u"apps.txt"_s, "apps/one:v1\napps/two:v1\napps/two:v2\n");
    for (const QString &format : {u"skopeo-dir"_s, u"oci-layout"_s}) {
        ASSERT_EQ(exportTo(path(format), format, {u"--list"_s, list}).exitStatus, 0);
        const QString back = path(u"back-"_s + format);
        const Outcome outcome = m_place.run({u"import"_s, back, path(format)});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        const QString small = path(u"small-"_s + format);
        ASSERT_EQ(m_place.run({u"select"_s, pool(), small, u"--list"_s, list}).exitStatus, 0);
        EXPECT_TRUE(isSame(treeOf(back + u"/docker"_s), treeOf(small + u"/docker"_s)));
    }
}

TEST_F(ExportTest, NothingOfAnothersIsTouched)
{
    ASSERT_TRUE(QDir().mkpath(path(u"other/things"_s)));
    for (const QString &format : {u"skopeo-dir"_s, u"oci-layout"_s}) {
        const Outcome other = exportTo(path(u"other"_s), format);
        EXPECT_EQ(other.exitStatus, 3) << other;
        EXPECT_TRUE(other.err.contains("the folder holds something else")) << other;
        EXPECT_EQ(exportTo(pool(), format).exitStatus, 3);
        EXPECT_EQ(exportTo(pool() + u"/inside"_s, format).exitStatus, 3);
    }
    ASSERT_EQ(exportTo(path(u"layout"_s), u"oci-layout"_s).exitStatus, 0);
    EXPECT_EQ(exportTo(path(u"layout"_s), u"skopeo-dir"_s).exitStatus, 3);
    EXPECT_EQ(exportTo(path(u"new"_s), u"zip"_s).exitStatus, 2);
    EXPECT_EQ(m_place.run({u"export"_s, pool(), path(u"new"_s)}).exitStatus, 2);
    EXPECT_FALSE(isThere(path(u"new"_s)));
    const Outcome dry = exportTo(path(u"new"_s), u"oci-layout"_s, {u"--dry-run"_s});
    EXPECT_EQ(dry.exitStatus, 0) << dry;
    EXPECT_FALSE(isThere(path(u"new"_s)));
}

TEST_F(ExportTest, ATagThatMovesIsSaid)
{
    const QString target = path(u"layout"_s);
    const QString dirs = path(u"dirs"_s);
    ASSERT_EQ(exportTo(target, u"oci-layout"_s).exitStatus, 0);
    ASSERT_EQ(exportTo(dirs, u"skopeo-dir"_s).exitStatus, 0);
    QFile link(registryRoot(pool()) + u"/repositories/apps/two/_manifests/tags/v1/current/link"_s);
    ASSERT_TRUE(link.open(QIODevice::WriteOnly) && link.write(m_two2.root.toByteArray()) > 0);
    link.close();
    for (const auto &[folder, format] :
         {std::pair{target, u"oci-layout"_s}, std::pair{dirs, u"skopeo-dir"_s}}) {
        const Outcome outcome = exportTo(folder, format);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.err.contains("apps/two:v1 moves from " + m_two.root.toByteArray())) << outcome;
    }
    EXPECT_EQ(bytesOf(dirs + u"/apps/two:v1/manifest.json"_s), m_two2.bytes);
    EXPECT_FALSE(bytesOf(target + u"/index.json"_s).contains(m_two.root.toByteArray()));
}

TEST_F(ExportTest, ADamagedBlobFailsItsImagesAlone)
{
    const Digest layer = m_one.amd64().layers.back();
    ASSERT_TRUE(QFile::resize(blobIn(pool(), layer), 3));
    const Outcome outcome = exportTo(path(u"dirs"_s), u"skopeo-dir"_s, {u"--json"_s});
    EXPECT_NE(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isThere(path(u"dirs/plain:1/manifest.json"_s)));
    EXPECT_FALSE(isThere(path(u"dirs/apps/one:v1/manifest.json"_s)));
}

} // namespace
} // namespace layerpool::test
