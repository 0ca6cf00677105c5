// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"
#include "task/ExportPlan.h"

#include <QDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

using ExportPlanTest = ConvertTest;

// Each blob is looked for in a folder that is there: of a large one that takes its time.
TEST_F(ExportPlanTest, EndsWhereItIsCancelled)
{
    m_samples.add(u"team/app"_s, u"v1"_s);
    ASSERT_TRUE(convert("team/app:v1\n").isClean());
    const auto index = pool();
    const ExportRequest request{u"all"_s, m_source.path() + u"/out"_s};
    ASSERT_TRUE(QDir().mkpath(request.target));
    EXPECT_TRUE(isOk(planExport(index, Selection::ofAll(*index), request, m_recorder.cancel)));
    m_recorder.cancel.cancel();
    const Result<ExportPlan> cancelled =
        planExport(index, Selection::ofAll(*index), request, m_recorder.cancel);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
}

} // namespace
} // namespace layerpool::test
