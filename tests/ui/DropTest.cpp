// SPDX-License-Identifier: Apache-2.0
#include "Drop.h"

#include "UiTest.h"

#include <QDir>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class DropTest : public UiTest
{
};

TEST_F(DropTest, ATextFileIsAList)
{
    const Drop drop = Drop::of({writeList(u"a.txt"_s, "redis:6\n")});
    EXPECT_EQ(drop.lists.size(), 1);
    EXPECT_EQ(drop.sentence, u"Open a.txt as a list"_s);
}

TEST_F(DropTest, AFolderWithARegistrysStorageIsAPool)
{
    const Drop drop = Drop::of({makePool(u"pool"_s, {u"redis:6"_s})});
    EXPECT_EQ(drop.pool, path(u"pool"_s));
    EXPECT_EQ(drop.sentence, u"Open pool as a pool"_s);
}

TEST_F(DropTest, AnEmptyFolderCanBecomeAPool)
{
    QDir().mkpath(path(u"new"_s));
    EXPECT_EQ(Drop::of({path(u"new"_s)}).sentence, u"Make a new pool in new"_s);
}

TEST_F(DropTest, AFolderOfListsIsEachOfThem)
{
    QDir().mkpath(path(u"lists"_s));
    writeList(u"lists/b.txt"_s, "redis:6\n");
    writeList(u"lists/a.list"_s, "redis:6\n");
    writeList(u"lists/c.md"_s, "no list\n");
    const Drop drop = Drop::of({path(u"lists"_s)});
    EXPECT_EQ(drop.lists, QStringList({path(u"lists/a.list"_s), path(u"lists/b.txt"_s)}));
    EXPECT_EQ(drop.sentence, u"Open 2 file(s), each as a list"_s);
}

TEST_F(DropTest, ATextThatNamesImagesIsAList)
{
    EXPECT_EQ(Drop::of(Dropped{{}, u"# two\nredis:6\nnginx\n"_s}).sentence,
              u"Make a list of the 2 image(s) that the text names"_s);
    const Drop prose = Drop::of(Dropped{{}, u"Dear all, please find it attached."_s});
    EXPECT_FALSE(prose.doesSomething());
    EXPECT_EQ(prose.refusal, u"The text names no image"_s);
}

TEST_F(DropTest, APoolAndAListGoTogether)
{
    const Drop drop = Drop::of({makePool(u"pool"_s, {u"redis:6"_s}), writeList(u"a.txt"_s, "redis:6\n")});
    EXPECT_FALSE(drop.pool.isEmpty());
    EXPECT_EQ(drop.lists.size(), 1);
}

TEST_F(DropTest, OfSeveralPoolsOrBundlesOneIsTaken)
{
    const Drop drop = Drop::of({makePool(u"pool"_s, {u"redis:6"_s}), makePool(u"other"_s, {u"redis:6"_s}),
                                writeList(u"a.tar"_s, {}), writeList(u"b.tar"_s, {})});
    EXPECT_EQ(drop.pool, path(u"pool"_s));
    EXPECT_EQ(drop.bundle, path(u"a.tar"_s));
    EXPECT_EQ(drop.refusal, u"other is left out: one pool is open at a time\n"
                            "b.tar is left out: one bundle is opened at a time"_s);
}

TEST_F(DropTest, VolumesOfABundleComeTogether)
{
    const Drop drop = Drop::of({writeList(u"a.tar.002"_s, {}), writeList(u"a.tar.001"_s, {})});
    EXPECT_EQ(drop.bundle, path(u"a.tar.002"_s));
    EXPECT_EQ(drop.refusal, QString());
    EXPECT_EQ(drop.sentence, u"Show what the bundle a.tar.002 holds"_s);
}

TEST_F(DropTest, WhatOtherToolsLeftIsTakenIntoAPool)
{
    QDir().mkpath(path(u"synced/docker.io/redis:6"_s));
    writeList(u"synced/docker.io/redis:6/manifest.json"_s, "{}");
    writeList(u"synced/docker.io/redis:6/version"_s, "Directory Transport Version: 1.1\n");
    QDir().mkpath(path(u"layout"_s));
    writeList(u"layout/oci-layout"_s, "{}");
    for (const QString &name : {u"synced"_s, u"layout"_s}) {
        const Drop drop = Drop::of({path(name)});
        EXPECT_EQ(drop.source, path(name));
        EXPECT_EQ(drop.sentence, u"Take the images of %1 into a pool"_s.arg(name));
        EXPECT_EQ(drop.refusal, QString());
    }
}

TEST_F(DropTest, AnAddressElsewhereIsRefusedInWords)
{
    QMimeData data;
    data.setUrls({QUrl(u"https://example.org/list.txt?token=secret"_s)});
    const Drop drop = Drop::of(Dropped::from(data));
    EXPECT_FALSE(drop.doesSomething());
    EXPECT_EQ(drop.refusal,
              u"https://example.org/list.txt is not on this machine. Download it, then drop the file."_s);
    data.setUrls(
        {QUrl(u"https://example.org/a.txt"_s), QUrl::fromLocalFile(writeList(u"b.txt"_s, "redis:6\n"))});
    const Drop both = Drop::of(Dropped::from(data));
    EXPECT_EQ(both.lists, QStringList{path(u"b.txt"_s)});
    EXPECT_FALSE(both.refusal.isEmpty());
}

TEST_F(DropTest, SaysWhyItCanDoNothing)
{
    QDir().mkpath(path(u"photos/2024"_s));
    const Drop folder = Drop::of({path(u"photos"_s)});
    EXPECT_FALSE(folder.doesSomething());
    EXPECT_EQ(folder.sentence, u"photos holds no pool and no list"_s);
    const Drop none = Drop::of({path(u"none.txt"_s)});
    EXPECT_FALSE(none.doesSomething());
    EXPECT_FALSE(none.sentence.isEmpty());
}

TEST_F(DropTest, OnlyLocalFilesAreFiles)
{
    QMimeData data;
    data.setUrls({QUrl(u"https://example.org/list.txt"_s)});
    EXPECT_EQ(Dropped::from(data).files, QStringList());
    EXPECT_EQ(Dropped::from(data).elsewhere, QStringList{u"https://example.org/list.txt"_s});
    data.setUrls({QUrl::fromLocalFile(u"/lists/a.txt"_s)});
    EXPECT_EQ(Dropped::from(data).files, QStringList{u"/lists/a.txt"_s});
    data.clear();
    data.setText(u"file:///lists/a%20b.txt\r\nfile:///lists/c.txt\r\n"_s);
    EXPECT_EQ(Dropped::from(data).files, QStringList({u"/lists/a b.txt"_s, u"/lists/c.txt"_s}));
    data.setText(u"redis:6"_s);
    EXPECT_EQ(Dropped::from(data).text, u"redis:6"_s);
}

} // namespace
} // namespace layerpool::test
