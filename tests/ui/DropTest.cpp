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

TEST_F(DropTest, AFolderOfListsIsOneList)
{
    QDir().mkpath(path(u"lists"_s));
    writeList(u"lists/a.list"_s, "redis:6\n");
    EXPECT_EQ(Drop::of({path(u"lists"_s)}).lists, QStringList{path(u"lists"_s)});
}

TEST_F(DropTest, APoolAndAListGoTogether)
{
    const Drop drop = Drop::of({makePool(u"pool"_s, {u"redis:6"_s}), writeList(u"a.txt"_s, "redis:6\n")});
    EXPECT_FALSE(drop.pool.isEmpty());
    EXPECT_EQ(drop.lists.size(), 1);
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
    EXPECT_TRUE(localFiles(data).isEmpty());
    data.setUrls({QUrl::fromLocalFile(u"/lists/a.txt"_s)});
    EXPECT_EQ(localFiles(data), QStringList{u"/lists/a.txt"_s});
}

} // namespace
} // namespace layerpool::test
