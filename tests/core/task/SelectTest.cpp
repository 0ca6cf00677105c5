// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"
#include "task/SelectPlan.h"

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SelectTest : public ConvertTest
{
protected:
    Result<SelectPlan> planOf(const QByteArray &lines)
    {
        ImagesList list;
        EXPECT_TRUE(list.addText(lines, u"some.list"_s));
        const auto index = pool();
        return planSelect(index, Selection::ofList(*index, list), u"some.list"_s,
                          m_directory.filePath(u"small"_s));
    }
};

TEST_F(SelectTest, ATagThatStandsForAnotherImageThereIsSaidToMove)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    m_samples.add(u"team/other"_s, u"v1"_s);
    ASSERT_TRUE(convert("team/app:v1\nteam/other:v1\n").isClean());
    const Result<SelectPlan> first = planOf("team/app:v1\nteam/other:v1\n");
    ASSERT_TRUE(isOk(first));
    EXPECT_EQ(first->summary().moved, 0);
    ASSERT_TRUE(SelectTask(*first).run(m_recorder.context()).isClean());

    const Digest before = tagged(u"team/app:v1"_s);
    m_samples.add(u"team/app"_s, u"v1"_s, {.seed = 2});
    ASSERT_TRUE(convert("team/app:v1\n").isClean());
    const Result<SelectPlan> again = planOf("team/app:v1\nteam/other:v1\n");
    ASSERT_TRUE(isOk(again));
    const PlanSummary summary = again->summary();
    EXPECT_EQ(summary.moved, 1);
    EXPECT_TRUE(summary.notes.contains(
        u"team/app:v1 moves from %1 to %2"_s.arg(before.toString(), tagged(u"team/app:v1"_s).toString())))
        << summary.notes.join(u'\n').toStdString();
    EXPECT_TRUE(summary.sentence.contains(u"1 tag(s) will stand for another image"_s))
        << summary.sentence.toStdString();
}

} // namespace
} // namespace layerpool::test
