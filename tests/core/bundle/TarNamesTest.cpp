// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarNames.h"

#include "support/RawTar.h"

#include <gtest/gtest.h>

// Raw headers are anybody's bytes: whatever they are, they are looked at once.

namespace layerpool::test {
namespace {

QByteArray extended(const QByteArray &records)
{
    return rawEntry({"x", records, 'x'}) + rawEntry({"name"});
}

TEST(TarNamesTest, ANameMayEndInNulsAlone)
{
    EXPECT_FALSE(hasNulInName(rawEntry({"name"})));
    EXPECT_FALSE(hasNulInName(rawEntry({QByteArray(300, 'n')})));
    EXPECT_TRUE(hasNulInName(rawEntry({QByteArray("na\0me", 5)})));
    EXPECT_TRUE(hasNulInName(extended(QByteArray("12 path=a\0b\n", 12))));
    EXPECT_FALSE(hasNulInName(extended(QByteArray("9 a=path\n", 9))));
}

TEST(TarNamesTest, RecordsThatAreNoneEndTheLooking)
{
    for (const QByteArray &records :
         {QByteArray(), QByteArray("path"), QByteArray(" path=a"), QByteArray("0 path=a"),
          QByteArray("-5 path=a"), QByteArray("99 path=a"), QByteArray("2 2 2 "), QByteArray("1 "),
          QByteArray(5000, '\0'), QByteArray("99999999999999999999 path=a")}) {
        EXPECT_FALSE(hasNulInName(extended(records))) << records.toStdString();
        EXPECT_EQ(nameToShow(extended(records)), "name");
    }
}

TEST(TarNamesTest, HeadersMayBeCutOff)
{
    const QByteArray whole = rawEntry({QByteArray(300, 'n'), "bytes"});
    for (qsizetype size = 0; size < whole.size(); size += 100) {
        EXPECT_FALSE(hasNulInName(whole.first(size)));
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
