// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QFile>

// What skopeo and umoci leave of a registry's images, and another pool, into a pool that the stock registry
// serves.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ImportSourcesTest : public SmallRegistryTest
{
protected:
    Outcome import(const QString &source, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"import"_s, pool(), source} + more);
    }

    void skopeo(const QStringList &words) const
    {
        const Outcome outcome = run(u"skopeo"_s, QStringList{u"--insecure-policy"_s} + words, forSkopeo());
        ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    }
    void copy(const QString &image, const QString &to, const QStringList &more = {}) const
    {
        skopeo(QStringList{u"copy"_s, u"--src-tls-verify=false"_s} + more +
               QStringList{u"docker://"_s + m_source.host() + u'/' + image, to});
    }
    void sync(const QString &repository, const QString &to, const QStringList &more = {}) const
    {
        skopeo(QStringList{u"sync"_s, u"--src-tls-verify=false"_s, u"--src"_s, u"docker"_s, u"--dest"_s,
                           u"dir"_s} +
               more + QStringList{m_source.host() + u'/' + repository, to});
    }

    /// What a registry over the pool serves is what the source serves.
    void expectServed(const QStringList &images) const
    {
        EXPECT_TRUE(isVerified(m_place, pool()));
        EXPECT_TRUE(hasNoGarbage(pool()));
        const StockRegistry far(pool());
        ASSERT_TRUE(far.isUp()) << far.log().toStdString();
        EXPECT_TRUE(isSame(rawBySkopeo(far.host(), images), rawBySkopeo(m_source.host(), images)));
    }
};

TEST_F(ImportSourcesTest, ATreeThatSkopeoSyncLeft)
{
    sync(u"apps/one"_s, path(u"synced"_s), {u"--scoped"_s, u"--all"_s});
    sync(u"apps/two"_s, path(u"synced"_s), {u"--scoped"_s, u"--all"_s});
    const Outcome dry = import(path(u"synced"_s), {u"--dry-run"_s});
    EXPECT_EQ(dry.exitStatus, 0) << dry;
    EXPECT_TRUE(dry.out.startsWith("Import 3 images of ")) << dry;
    EXPECT_FALSE(isThere(pool()));
    const Outcome outcome = import(path(u"synced"_s));
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    expectServed({u"apps/one:v1"_s, u"apps/two:v1"_s, u"apps/two:v2"_s});
    const Outcome again = import(path(u"synced"_s));
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_TRUE(again.out.contains("3 already there")) << again;
}

TEST_F(ImportSourcesTest, OneFolderOfSkopeosNeedsAName)
{
    const QString folder = path(u"one"_s);
    copy(u"apps/two:v1"_s, u"dir:"_s + folder, {u"--all"_s});
    const Outcome nameless = import(folder);
    EXPECT_EQ(nameless.exitStatus, 2) << nameless;
    EXPECT_TRUE(nameless.err.contains("--as NAME:TAG")) << nameless;
    EXPECT_FALSE(isThere(pool()));
    EXPECT_EQ(import(folder, {u"--as"_s, u"No Name"_s}).exitStatus, 2);
    EXPECT_EQ(import(folder, {u"--as"_s, u"apps/*"_s}).exitStatus, 2);
    const Outcome outcome = import(folder, {u"--as"_s, u"apps/two:v1"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    expectServed({u"apps/two:v1"_s});
}

TEST_F(ImportSourcesTest, AnOciLayoutAsAFolderAndInATar)
{
    const QString layout = path(u"layout"_s);
    copy(u"plain:1"_s, u"oci:"_s + layout + u":quay.io/team/plain:1"_s);
    copy(u"apps/two:v1"_s, u"oci:"_s + layout + u":apps/two:v1"_s, {u"--all"_s});
    ASSERT_EQ(import(layout).exitStatus, 0);
    expectServed({u"apps/two:v1"_s});
    EXPECT_EQ(inPool(u"team/plain"_s, u"1"_s), m_plain.root.toByteArray());
    const Tree taken = treeOf(pool() + u"/docker"_s);
    for (const QStringList &words : {QStringList{u"-cf"_s}, {u"-czf"_s}, {u"--zstd"_s, u"-cf"_s}}) {
        ASSERT_TRUE(QDir(pool()).removeRecursively());
        const QString tar = path(u"layout.tar"_s);
        ASSERT_EQ(run(u"tar"_s, QStringList{u"-C"_s, layout} + words + QStringList{tar, u"."_s}).exitStatus,
                  0);
        const Outcome outcome = import(tar);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), taken));
    }
}

TEST_F(ImportSourcesTest, AnArchiveOfSkopeosWithALayoutInside)
{
    const QString archive = path(u"plain.tar"_s);
    copy(u"plain:1"_s, u"oci-archive:"_s + archive + u":quay.io/team/plain:1"_s);
    const Outcome outcome = import(archive);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"team/plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(ImportSourcesTest, WhatUmociMadeHasTagsAlone)
{
    if (run(u"umoci"_s, {u"--version"_s}).exitStatus != 0) {
        GTEST_SKIP() << "umoci is not installed";
    }
    const QString layout = path(u"layout"_s);
    ASSERT_EQ(run(u"umoci"_s, {u"init"_s, u"--layout"_s, layout}).exitStatus, 0);
    ASSERT_EQ(run(u"umoci"_s, {u"new"_s, u"--image"_s, layout + u":v7"_s}).exitStatus, 0);
    const Outcome nameless = import(layout);
    EXPECT_EQ(nameless.exitStatus, 2) << nameless;
    EXPECT_TRUE(nameless.err.contains("--as NAME")) << nameless;
    const Outcome outcome = import(layout, {u"--as"_s, u"team/made"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_FALSE(inPool(u"team/made"_s, u"v7"_s).isEmpty());
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(ImportSourcesTest, AnArchiveOfDockersIsServed)
{
    const QString archive = path(u"one.tar"_s);
    copy(u"apps/one:v1"_s, u"docker-archive:"_s + archive + u":quay.io/team/one:v1"_s);
    const Outcome outcome = import(archive);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("made anew") || outcome.out.contains("made anew")) << outcome;
    EXPECT_TRUE(isVerified(m_place, pool()));
    EXPECT_TRUE(hasNoGarbage(pool()));
    const StockRegistry far(pool());
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    skopeo({u"copy"_s, u"--src-tls-verify=false"_s, u"docker://"_s + far.host() + u"/team/one:v1"_s,
            u"dir:"_s + path(u"served"_s)});
    EXPECT_TRUE(isThere(path(u"served/"_s) + QString::fromLatin1(m_one.amd64().config.hex())))
        << "the config is the very one";
}

TEST_F(ImportSourcesTest, AnotherPool)
{
    fillPool();
    const QString other = path(u"other"_s);
    const Outcome outcome = m_place.run({u"import"_s, other, pool()});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isSame(treeOf(other + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
    const Outcome itself = import(pool());
    EXPECT_EQ(itself.exitStatus, 0) << itself;
    EXPECT_TRUE(itself.out.contains("4 already there")) << itself;
}

TEST_F(ImportSourcesTest, OneBadByteRefusesTheWhole)
{
    sync(u"apps/two"_s, path(u"synced"_s), {u"--scoped"_s, u"--all"_s});
    const QString layer = QString::fromLatin1(m_two.amd64().layers.back().hex());
    const QString name = path(u"synced/"_s) + m_source.host() + u"/apps/two:v1/"_s + layer;
    QFile file(name);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite)) << name.toStdString();
    ASSERT_TRUE(file.seek(7) && file.putChar('x') && file.flush());
    const Outcome outcome = import(path(u"synced"_s));
    EXPECT_EQ(outcome.exitStatus, 2) << outcome;
    EXPECT_TRUE(outcome.err.contains(layer.toLatin1())) << outcome;
    EXPECT_FALSE(isThere(pool())) << "there was none";
}

} // namespace
} // namespace layerpool::test
