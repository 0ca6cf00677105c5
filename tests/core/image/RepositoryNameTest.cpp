// SPDX-License-Identifier: Apache-2.0
#include "image/RepositoryName.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

TEST(RepositoryName, TakesWhatTheReferenceGrammarTakes)
{
    for (const QString &text :
         {u"a"_s, u"0"_s, u"busybox"_s, u"library/busybox"_s, u"a/b/c/d/e/f"_s, u"a.b"_s, u"a_b"_s, u"a__b"_s,
          u"a-b"_s, u"a--b"_s, u"a-----b"_s, u"a.b_c__d-e"_s, u"a1/2b"_s, u"quay.io/x"_s, u"1.2.3"_s,
          QString(255, u'a'), QString(127, u'a') + u'/' + QString(127, u'b')}) {
        const auto name = RepositoryName::parse(text);
        ASSERT_TRUE(name) << text.toStdString();
        EXPECT_EQ(name->toString(), text);
    }
}

TEST(RepositoryName, TakesNothingElse)
{
    for (const QString &text : {u""_s,
                                u"/"_s,
                                u"a/"_s,
                                u"/a"_s,
                                u"a//b"_s,
                                u"A"_s,
                                u"a/B"_s,
                                u"-a"_s,
                                u"a-"_s,
                                u"_a"_s,
                                u"a_"_s,
                                u".a"_s,
                                u"a."_s,
                                u"a..b"_s,
                                u"a.-b"_s,
                                u"a-.b"_s,
                                u"a_-b"_s,
                                u"a___b"_s,
                                u"a._b"_s,
                                u"a/.."_s,
                                u"../a"_s,
                                u"a/./b"_s,
                                u"a b"_s,
                                u"a\nb"_s,
                                u"a:b"_s,
                                u"a@b"_s,
                                u"a\\b"_s,
                                u"a%2fb"_s,
                                u"é"_s,
                                u"１"_s,
                                u"a\u0301"_s,
                                u"a/_uploads"_s,
                                u"a/_layers/b"_s,
                                u"a~"_s,
                                QString(256, u'a'),
                                u"a"_s + QChar(u'\0')}) {
        EXPECT_FALSE(RepositoryName::parse(text)) << text.toStdString();
    }
}

TEST(RepositoryName, GoesBelowAPrefix)
{
    const RepositoryName name = *RepositoryName::parse(u"busybox"_s);
    EXPECT_TRUE(name.hasOnePart());
    EXPECT_EQ(name.below({}), name);
    EXPECT_EQ(name.below(u"my/mirror"_s)->toString(), u"my/mirror/busybox"_s);
    EXPECT_FALSE(name.below(u"my/mirror"_s)->hasOnePart());
    EXPECT_FALSE(name.below(u"MY"_s));
    EXPECT_FALSE(name.below(u"/"_s));
    EXPECT_FALSE(name.below(u".."_s));
    EXPECT_TRUE(name.below(QString(255 - 8, u'a')));
    EXPECT_FALSE(name.below(QString(256 - 8, u'a')));
}

TEST(RepositoryName, ComparesByBytes)
{
    const auto of = [](const QString &text) { return *RepositoryName::parse(text); };
    EXPECT_LT(of(u"a"_s), of(u"b"_s));
    EXPECT_EQ(of(u"a"_s), of(u"a"_s));
    EXPECT_NE(of(u"a"_s), RepositoryName());
    EXPECT_TRUE(RepositoryName().isEmpty());
    EXPECT_EQ((QSet<RepositoryName>{of(u"a"_s), of(u"a"_s), of(u"b"_s)}.size()), 2);
}

TEST(Tag, FollowsItsGrammar)
{
    for (const QString &text : {u"latest"_s, u"v1.20.4"_s, u"V1"_s, u"_x"_s, u"1"_s, u"a..b"_s, u"a--"_s,
                                u"a."_s, u"__"_s, u"sha256-abc.sig"_s, QString(128, u'a')}) {
        EXPECT_TRUE(isTag(text)) << text.toStdString();
    }
    for (const QString &text :
         {u""_s, u".a"_s, u"-a"_s, u".."_s, u"a/b"_s, u"a:b"_s, u"a b"_s, u"a+b"_s, u"a@b"_s, u"é"_s, u"*"_s,
          u"a\n"_s, QString(129, u'a'), u"a"_s + QChar(u'\0')}) {
        EXPECT_FALSE(isTag(text)) << text.toStdString();
    }
}

} // namespace
} // namespace layerpool
