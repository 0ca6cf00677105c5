// SPDX-License-Identifier: Apache-2.0
#include "work/ListQuery.h"

#include "UiTest.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ListQueryTest : public UiTest
{
protected:
    QStringList found(const ListQuery &query) const
    {
        QStringList texts;
        for (const int line : linesFor(query, m_text, m_reading.rows)) {
            texts.append(m_text.lines()[line].text);
        }
        return texts;
    }

    std::shared_ptr<const PoolIndex> m_pool = indexOf(makePool(u"pool"_s, {u"redis:6"_s, u"etcd:3"_s}));
    ListText m_text =
        *ListText::parse("# Databases\nredis:6\nnginx:1\n\netcd:3\nbad:b:c\nredis:6\n", u"a.txt"_s);
    ListReading m_reading = readList(m_text, u"a.txt"_s, m_pool.get(), {});
};

TEST_F(ListQueryTest, FindsLettersInCapitalsOrNot)
{
    EXPECT_EQ(found({.text = u"REDIS"_s}), QStringList({u"redis:6"_s, u"redis:6"_s}));
    EXPECT_EQ(found({.text = u"database"_s}), QStringList({u"# Databases"_s}));
    EXPECT_EQ(found({.text = u"etcdd"_s}), QStringList());
    EXPECT_EQ(found({}).size(), 7);
}

TEST_F(ListQueryTest, FindsStates)
{
    EXPECT_EQ(found({.filter = LineFilter::Missing}), QStringList({u"nginx:1"_s}));
    EXPECT_EQ(found({.filter = LineFilter::Here}), QStringList({u"redis:6"_s, u"etcd:3"_s}));
    EXPECT_EQ(found({.filter = LineFilter::Problems}), QStringList({u"bad:b:c"_s}));
    EXPECT_EQ(found({.text = u"e"_s, .filter = LineFilter::Here}), QStringList({u"redis:6"_s, u"etcd:3"_s}));
}

TEST_F(ListQueryTest, SortsWithCommentsLast)
{
    EXPECT_EQ(found({.key = LineKey::Image}),
              QStringList({u"bad:b:c"_s, u"etcd:3"_s, u"nginx:1"_s, u"redis:6"_s, u"redis:6"_s,
                           u"# Databases"_s, u""_s}));
    EXPECT_EQ(found({.text = u":"_s, .key = LineKey::Image, .order = Qt::DescendingOrder}).first(),
              u"redis:6"_s);
    EXPECT_EQ(found({.key = LineKey::State}).first(), u"redis:6"_s);
    EXPECT_EQ(found({.key = LineKey::Size, .order = Qt::DescendingOrder}).last(), u""_s);
}

} // namespace
} // namespace layerpool::test
