// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarNames.h"

#include "support/RawTar.h"

#include <gtest/gtest.h>

// Raw headers are anybody's bytes: whatever they are, they are looked at once.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

QByteArray extended(const QByteArray &records)
{
    return rawEntry({"x", records, 'x'}) + rawEntry({"name"});
}

bool isClear(const QByteArray &headers)
{
    return whyUnclear(headers).isEmpty();
}

TEST(TarNamesTest, ANameMayEndInNulsAlone)
{
    EXPECT_TRUE(isClear(rawEntry({"name"})));
    EXPECT_TRUE(isClear(rawEntry({QByteArray(300, 'n')})));
    EXPECT_TRUE(whyUnclear(rawEntry({QByteArray("na\0me", 5)})).contains(u"NUL"_s));
    EXPECT_TRUE(whyUnclear(extended(QByteArray("12 path=a\0b\n", 12))).contains(u"NUL"_s));
    EXPECT_TRUE(isClear(extended(QByteArray("9 a=path\n", 9))));
}

TEST(TarNamesTest, NameAndSizeAreToldOnce)
{
    const QByteArray path = "10 path=a\n";
    const QByteArray size = "10 size=1\n";
    const QByteArray longName = rawEntry({"././@LongLink", "a", 'L'});
    const QByteArray global = rawEntry({"g", path, 'g'});
    EXPECT_TRUE(isClear(extended(path + size)));
    EXPECT_TRUE(isClear(rawEntry({"x", size, 'x'}) + extended(path)));
    EXPECT_TRUE(isClear(rawEntry({"././@LongLink", "a", 'K'}) + longName + rawEntry({"name"})));
    for (const QByteArray &headers :
         {extended(path + path), rawEntry({"x", path, 'x'}) + extended(path), longName + extended(path),
          longName + longName + rawEntry({"name"}), global + rawEntry({"name"})}) {
        EXPECT_TRUE(whyUnclear(headers).contains(u"one name"_s));
    }
    EXPECT_TRUE(whyUnclear(extended(size + size)).contains(u"one size"_s));
    EXPECT_TRUE(whyUnclear(rawEntry({"g", size, 'g'}) + rawEntry({"name"})).contains(u"one size"_s));
}

// Also where no map of holes makes it one.
TEST(TarNamesTest, RecordsOfSparseFilesNameAndSizeThemAnew)
{
    for (const QByteArray &record :
         {QByteArray("21 GNU.sparse.name=b\n"), QByteArray("22 SCHILY.realsize=10\n")}) {
        EXPECT_TRUE(whyUnclear(extended(record)).contains(u"sparse"_s)) << record.toStdString();
    }
}

TEST(TarNamesTest, RecordsThatAreNoneAreNotPassedOver)
{
    EXPECT_TRUE(isClear(extended({})));
    for (const QByteArray &records :
         {QByteArray("path"), QByteArray(" path=a"), QByteArray("0 path=a"), QByteArray("-5 path=a"),
          QByteArray("+10 path=a\n"), QByteArray("10 path=ab"), QByteArray("99 path=a"), QByteArray("2 2 2 "),
          QByteArray("1 "), QByteArray(5000, '\0'), QByteArray("99999999999999999999 path=a")}) {
        EXPECT_TRUE(whyUnclear(extended(records)).contains(u"extended header"_s)) << records.toStdString();
        EXPECT_EQ(nameToShow(extended(records)), "name");
    }
}

TEST(TarNamesTest, HeadersMayBeCutOff)
{
    const QByteArray whole = rawEntry({QByteArray(300, 'n'), "bytes"});
    for (qsizetype size = 0; size < whole.size(); size += 100) {
        EXPECT_TRUE(isClear(whole.first(size)));
        EXPECT_TRUE(QByteArray(300, 'n').startsWith(nameToShow(whole.first(size))));
    }
}

TEST(TarNamesTest, TheLongerNameIsShown)
{
    EXPECT_EQ(nameToShow(rawEntry({"short"})), "short");
    EXPECT_EQ(nameToShow(rawEntry({QByteArray(300, 'n')})), QByteArray(300, 'n'));
    EXPECT_EQ(nameToShow(QByteArray(512, 'x')), "") << "no header at all";
}

} // namespace
} // namespace layerpool::test
