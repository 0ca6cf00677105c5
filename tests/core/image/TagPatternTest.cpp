// SPDX-License-Identifier: Apache-2.0
#include "image/TagPattern.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

struct Match
{
    QString pattern;
    QString tag;
    bool matches = true;

    friend void PrintTo(const Match &match, std::ostream *out)
    {
        *out << match.pattern.toStdString() << " and " << match.tag.toStdString();
    }
};

class TagPatternMatch : public testing::TestWithParam<Match>
{
};

TEST_P(TagPatternMatch, IsThatOfAShell)
{
    const auto pattern = TagPattern::parse(GetParam().pattern);
    ASSERT_TRUE(pattern);
    EXPECT_EQ(pattern->matches(GetParam().tag), GetParam().matches);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, TagPatternMatch,
    testing::Values(Match{u"*"_s, u"latest"_s}, Match{u"v1.20.*"_s, u"v1.20.4"_s},
                    Match{u"v1.20.*"_s, u"v1.20."_s}, Match{u"v1.20.*"_s, u"v1.200"_s, false},
                    Match{u"v1.20.*"_s, u"V1.20.4"_s, false}, Match{u"*-alpine"_s, u"6.0-alpine"_s},
                    Match{u"*-alpine"_s, u"6.0-alpine3"_s, false}, Match{u"*a*b"_s, u"xaxbxaxb"_s},
                    Match{u"*a*b"_s, u"xaxbx"_s, false}, Match{u"1.?"_s, u"1.2"_s},
                    Match{u"1.?"_s, u"1.20"_s, false}, Match{u"1.?"_s, u"1."_s, false},
                    Match{u"v[1-3].0"_s, u"v2.0"_s}, Match{u"v[1-3].0"_s, u"v4.0"_s, false},
                    Match{u"v[!1-3]"_s, u"v4"_s}, Match{u"v[^1-3]"_s, u"v2"_s, false},
                    Match{u"v[1.]2"_s, u"v.2"_s}, Match{u"v[]x]"_s, u"vx"_s}, Match{u"v[a-]"_s, u"v-"_s},
                    Match{u"v[.]*"_s, u"v.anything"_s}, Match{u"v[.]*"_s, u"v1"_s, false}));

TEST(TagPatternTest, TellsPatternsFromTags)
{
    EXPECT_FALSE(TagPattern::isPattern(u"v1.20.4"_s));
    EXPECT_FALSE(TagPattern::parse(u"v1.20.4"_s));
    for (const QString &bad : {u"["_s, u"v["_s, u"v[]"_s, u"v[!]"_s, u"a b*"_s, u"v{1,2}*"_s, u"ä*"_s}) {
        EXPECT_FALSE(TagPattern::parse(bad)) << bad.toStdString();
    }
}

TEST(TagPatternTest, KnowsWhatStandsBeforeItsFirstWildcard)
{
    EXPECT_EQ(TagPattern::parse(u"v1.2?.*"_s)->start(), u"v1.2"_s);
    EXPECT_EQ(TagPattern::parse(u"*"_s)->start(), QString());
}

TEST(TagPatternTest, ManyStarsTakeNoLongTime)
{
    const auto pattern = TagPattern::parse(u"*a"_s.repeated(60) + u'b');
    ASSERT_TRUE(pattern);
    EXPECT_FALSE(pattern->matches(QString(128, u'a')));
}

} // namespace
} // namespace layerpool
