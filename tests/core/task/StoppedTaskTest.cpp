// SPDX-License-Identifier: Apache-2.0
#include "core/task/TaskTest.h"
#include "support/SampleImages.h"
#include "task/SelectPlan.h"
#include "task/TarPlan.h"

#include <QDir>
#include <QTemporaryDir>

#include <gtest/gtest.h>

// What a run that was stopped did not come to is named, so that it can be run again.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class StoppedTaskTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_samples.add(u"team/a"_s, u"v1"_s);
        m_samples.add(u"team/b"_s, u"v1"_s);
        m_index = readPool(m_pool.path());
    }

    QString path(const QString &name) const { return m_out.filePath(name); }

    TaskResult runCancelled(Task &task)
    {
        m_recorder.cancel.cancel();
        return task.run(m_recorder.context());
    }

    const QStringList m_all{u"team/a:v1"_s, u"team/b:v1"_s};
    QTemporaryDir m_pool;
    QTemporaryDir m_out;
    SampleRegistry m_samples{m_pool.path()};
    std::shared_ptr<const PoolIndex> m_index;
    Recorder m_recorder;
};

TEST_F(StoppedTaskTest, SelectNamesWhatItDidNotComeTo)
{
    Result<SelectPlan> plan = planSelect(m_index, Selection::ofAll(*m_index), u"all"_s, path(u"small"_s));
    ASSERT_TRUE(isOk(plan));
    SelectTask task(*std::move(plan));
    const TaskResult result = runCancelled(task);
    ASSERT_TRUE(result.wasCancelled());
    EXPECT_EQ(result.undone, m_all);
    EXPECT_TRUE(result.stopped->hint.contains(u"is kept"_s)) << result.stopped->sentence().toStdString();
    EXPECT_FALSE(result.made) << "no image came into the folder";
}

TEST_F(StoppedTaskTest, HalfATarHoldsNothing)
{
    Result<TarPlan> plan =
        planTar(m_index, Selection::ofAll(*m_index), {.name = u"all"_s, .target = path(u"small.tar"_s)});
    ASSERT_TRUE(isOk(plan));
    TarTask task(*std::move(plan));
    const TaskResult result = runCancelled(task);
    ASSERT_TRUE(result.wasCancelled());
    EXPECT_EQ(result.undone, m_all);
    EXPECT_EQ(result.stopped->sentence(), u"Cancelled. Nothing of the bundle is left behind."_s);
    EXPECT_FALSE(result.made);
    EXPECT_TRUE(QDir(m_out.path()).isEmpty(QDir::Files | QDir::Hidden));
}

TEST_F(StoppedTaskTest, WhatWentThroughLeavesNothing)
{
    Result<SelectPlan> plan = planSelect(m_index, Selection::ofAll(*m_index), u"all"_s, path(u"small"_s));
    ASSERT_TRUE(isOk(plan));
    const TaskResult result = SelectTask(*std::move(plan)).run(m_recorder.context());
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.undone, QStringList());
    ASSERT_TRUE(result.made);
    EXPECT_EQ(result.made->folder, path(u"small"_s));
    EXPECT_EQ(result.made->report, QString());
}

} // namespace
} // namespace layerpool::test
