// SPDX-License-Identifier: Apache-2.0
#include "image/ListText.h"

#include <gtest/gtest.h>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

constexpr char kMark[] = "\xef\xbb\xbf";

ListText textOf(const QByteArray &bytes)
{
    const Result<ListText> text = ListText::parse(bytes, u"a.txt"_s);
    EXPECT_TRUE(text);
    return text ? *text : ListText();
}

class RoundTrip : public testing::TestWithParam<QByteArray>
{
};

TEST_P(RoundTrip, WhatNobodyChangedIsWrittenByteForByte)
{
    EXPECT_EQ(textOf(GetParam()).toBytes(), GetParam());
}

TEST_P(RoundTrip, AChangeThatIsUndoneLeavesNoTrace)
{
    ListText text = textOf(GetParam());
    const qsizetype lines = text.lines().size();
    for (const qsizetype at : {qsizetype(0), lines / 2, lines}) {
        const ListText::Splice back = text.apply(text.insertion(at, {u"new:1"_s, u"new:2"_s}));
        EXPECT_EQ(text.lines().size(), lines + 2);
        EXPECT_NE(text.toBytes(), GetParam());
        text.apply(back);
        EXPECT_EQ(text.toBytes(), GetParam());
    }
}

INSTANTIATE_TEST_SUITE_P(Files, RoundTrip,
                         testing::Values("", "\n", "a:1", "a:1\n", "a:1\r\nb:1\r\n", "a:1\r\nb:1\n\r\nc:1",
                                         QByteArray(kMark) + "a:1\r\n", kMark, QByteArray(kMark) + kMark,
                                         "# head\n\n\ta:1  # why\n#b:1\n\n", "a\rb\r\n",
                                         "\xe5\x90\x8d # \xf0\x9f\x93\xa6"));

TEST(ListText, ANewLineEndsAsItsNeighboursDo)
{
    ListText text = textOf("a:1\r\nc:1\r\n");
    text.apply(text.insertion(1, {u"b:1"_s}));
    text.apply(text.insertion(3, {u"d:1"_s}));
    EXPECT_EQ(text.toBytes(), "a:1\r\nb:1\r\nc:1\r\nd:1\r\n");
    ListText none;
    none.apply(none.insertion(0, {u"a:1"_s}));
    EXPECT_EQ(none.toBytes(), "a:1\n");
}

TEST(ListText, AMissingLastNewlineStaysMissing)
{
    ListText text = textOf("a:1\r\nb:1");
    text.apply(text.insertion(2, {u"c:1"_s}));
    EXPECT_EQ(text.toBytes(), "a:1\r\nb:1\r\nc:1");
    text.apply(text.replacement(2, {u"d:1"_s}));
    EXPECT_EQ(text.toBytes(), "a:1\r\nb:1\r\nd:1");
    ListText single = textOf("a:1");
    single.apply(single.insertion(1, {u"b:1"_s}));
    EXPECT_EQ(single.toBytes(), "a:1\nb:1");
}

TEST(ListText, OnlyWhatIsReplacedOrRemovedChanges)
{
    ListText text = textOf("# one\na:1 # why\n\nb:1\n");
    text.apply(text.replacement(1, {u"a:2 # why"_s}));
    text.apply({3, 1, {}});
    EXPECT_EQ(text.toBytes(), "# one\na:2 # why\n\n");
}

TEST(ListText, TellsContentFromComment)
{
    EXPECT_EQ(contentOf(u"  a:1\t# why # so "_s), u"a:1"_s);
    EXPECT_EQ(commentOf(u"  a:1\t# why # so "_s), u"why # so"_s);
    EXPECT_EQ(contentOf(u"a:1#2"_s), u"a:1#2"_s);
    EXPECT_EQ(commentOf(u"a:1#2"_s), QString());
    EXPECT_EQ(commentOf(u"a:1#2 #3"_s), u"3"_s);
    EXPECT_TRUE(isCommentLine(u"##k8s-images"_s));
    EXPECT_TRUE(isCommentLine(u"  # a"_s));
    EXPECT_FALSE(isCommentLine(u"a # b"_s));
    EXPECT_FALSE(isCommentLine(QString()));
}

TEST(ListText, WhatIsCommentedOutComesBackAsItWas)
{
    for (const QString &line : {u"a:1"_s, u"  a:1 # why"_s, u"# a"_s, QString()}) {
        EXPECT_TRUE(isCommentLine(commentedOut(line)));
        EXPECT_EQ(commentedIn(commentedOut(line)), line);
    }
    EXPECT_EQ(commentedIn(u"#a:1"_s), u"a:1"_s);
    EXPECT_EQ(commentedIn(u" #  a:1"_s), u"  a:1"_s);
}

} // namespace
} // namespace layerpool
