// SPDX-License-Identifier: Apache-2.0
#include "work/Workspace.h"

#include "UiTest.h"
#include "work/PlanRunner.h"

#include <QDir>
#include <QSemaphore>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class WorkspaceTest : public UiTest
{
protected:
    void tick(const PoolRepository &repository)
    {
        std::vector<const PoolTag *> tags;
        for (const PoolTag &tag : repository.tags) {
            tags.push_back(&tag);
        }
        m_workspace.ticks().set(tags, true);
    }
    bool openPool(const QString &pool)
    {
        QSignalSpy changed(&m_workspace, &Workspace::poolChanged);
        m_workspace.openPool(pool);
        return soon([&] { return changed.count() == 1; });
    }

    Workspace m_workspace;
};

TEST_F(WorkspaceTest, ComparesTheListWithThePoolWhicheverComesFirst)
{
    m_workspace.lists().open({writeList(u"a.txt"_s, "redis:6\nnginx:1\n")});
    EXPECT_TRUE(soon([&] { return m_workspace.list() != nullptr; }));
    EXPECT_FALSE(m_workspace.list()->isCompared());
    EXPECT_TRUE(openPool(makePool(u"pool"_s, {u"redis:6"_s})));
    EXPECT_TRUE(soon([&] { return m_workspace.list()->isCompared(); }));
    EXPECT_EQ(m_workspace.list()->counts().here, 1);
    EXPECT_EQ(m_workspace.list()->counts().missing, 1);

    m_workspace.lists().open({writeList(u"b.txt"_s, "nginx:1\n")});
    EXPECT_TRUE(
        soon([&] { return m_workspace.list()->name() == u"b.txt"_s && m_workspace.list()->isCompared(); }));
    EXPECT_EQ(m_workspace.list()->counts().missing, 1);
}

TEST_F(WorkspaceTest, MakesAPoolOnlyWhenItWasAskedTo)
{
    QSignalSpy notThere(&m_workspace, &Workspace::poolNotThere);
    m_workspace.openPool(path(u"new"_s));
    EXPECT_TRUE(soon([&] { return notThere.count() == 1; }));
    EXPECT_FALSE(QFile::exists(path(u"new"_s)));
    m_workspace.openPool(path(u"new"_s), PoolOpening::MayCreate);
    EXPECT_TRUE(soon([&] { return m_workspace.pool() != nullptr; }));
}

TEST_F(WorkspaceTest, RefusesAFolderOfAnotherKind)
{
    QDir().mkpath(path(u"photos/2024"_s));
    QSignalSpy failed(&m_workspace, &Workspace::poolFailed);
    m_workspace.openPool(path(u"photos"_s));
    EXPECT_TRUE(soon([&] { return failed.count() == 1; }));
    EXPECT_FALSE(m_workspace.pool());
}

// It lay on a stick that was pulled: no pool shall be made in its place.
TEST_F(WorkspaceTest, ABundleThatHasGoneIsSaidToBeGone)
{
    QSignalSpy failed(&m_workspace, &Workspace::poolFailed);
    QSignalSpy notThere(&m_workspace, &Workspace::poolNotThere);
    m_workspace.openPool(path(u"images.tar"_s));
    EXPECT_TRUE(soon([&] { return failed.count() + notThere.count() == 1; }));
    EXPECT_EQ(failed.count(), 1);
    EXPECT_FALSE(QFile::exists(path(u"images.tar"_s)));
}

TEST_F(WorkspaceTest, AddsUpWhatIsTicked)
{
    EXPECT_TRUE(openPool(makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s})));
    tick(m_workspace.pool()->repositories().front());
    EXPECT_TRUE(soon([&] { return m_workspace.tickedBytes().value_or(0) > 0; }));
    m_workspace.ticks().clear();
    EXPECT_TRUE(soon([&] { return m_workspace.tickedBytes() == 0; }));
}

TEST_F(WorkspaceTest, WorksOnTicksThenOnTheListThenOnThePool)
{
    EXPECT_TRUE(m_workspace.subjects().empty());
    EXPECT_TRUE(openPool(makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s})));
    EXPECT_EQ(m_workspace.subjects().size(), 1U);
    m_workspace.lists().open({writeList(u"a.txt"_s, "redis:6\n")});
    EXPECT_TRUE(soon([&] { return m_workspace.list() != nullptr; }));
    EXPECT_EQ(m_workspace.subjects().front().kind, Subject::Kind::List);
    tick(m_workspace.pool()->repositories().front());
    const std::vector<Subject> subjects = m_workspace.subjects();
    ASSERT_EQ(subjects.size(), 3U);
    EXPECT_EQ(subjects[0].kind, Subject::Kind::Ticked);
    EXPECT_EQ(subjects[0].selection().images.size(), 1U);
    EXPECT_EQ(subjects[2].kind, Subject::Kind::Pool);
    EXPECT_EQ(subjects[2].selection().images.size(), 2U);
}

TEST_F(WorkspaceTest, WhatAnotherProgramAddsIsSeen)
{
    m_workspace.setWatchInterval(std::chrono::milliseconds(20));
    ASSERT_TRUE(openPool(makePool(u"pool"_s, {u"redis:6"_s})));
    SampleRegistry(path(u"pool"_s)).add(u"nginx"_s, u"1"_s);
    EXPECT_TRUE(soon([&] { return m_workspace.pool()->totals().images == 2; }));
}

TEST_F(WorkspaceTest, APoolThatGoesAndComesBackIsSaid)
{
    m_workspace.setWatchInterval(std::chrono::milliseconds(20));
    ASSERT_TRUE(openPool(makePool(u"pool"_s, {u"redis:6"_s})));
    QSignalSpy failed(&m_workspace, &Workspace::poolFailed);
    QSignalSpy changed(&m_workspace, &Workspace::poolChanged);
    ASSERT_TRUE(QDir().rename(path(u"pool"_s), path(u"unplugged"_s)));
    EXPECT_TRUE(soon([&] { return failed.count() == 1; }));
    ASSERT_TRUE(QDir().rename(path(u"unplugged"_s), path(u"pool"_s)));
    EXPECT_TRUE(soon([&] { return changed.count() == 1; })) << "it is there again";
}

TEST_F(WorkspaceTest, ForgetsTicksThatThePoolNoLongerHas)
{
    const QString pool = makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s});
    EXPECT_TRUE(openPool(pool));
    for (const PoolRepository &repository : m_workspace.pool()->repositories()) {
        tick(repository);
    }
    QDir(pool + u"/docker/registry/v2/repositories/nginx"_s).removeRecursively();
    QSignalSpy changed(&m_workspace, &Workspace::poolChanged);
    m_workspace.refreshPool();
    EXPECT_TRUE(soon([&] { return changed.count() == 1; }));
    EXPECT_EQ(m_workspace.ticks().count(), 1);
}

PlanMaker waitingMaker(QSemaphore &started, std::atomic_bool &wasCancelled)
{
    return [&](const TaskContext &context) -> Result<PreparedTask> {
        started.release();
        while (!context.cancel.isCancelled()) {
            QThread::yieldCurrentThread();
        }
        wasCancelled = true;
        return cancelledError();
    };
}

TEST(PlanRunnerTest, ANewPlanCancelsTheOneBefore)
{
    QThreadPool workers;
    QSemaphore started;
    std::atomic_bool wasCancelled = false;
    PlanRunner runner(workers);
    QSignalSpy planned(&runner, &PlanRunner::planned);
    QSignalSpy failed(&runner, &PlanRunner::failed);
    runner.run(waitingMaker(started, wasCancelled));
    EXPECT_TRUE(started.tryAcquire(1, patienceMilliseconds));
    runner.run([](const TaskContext &) -> Result<PreparedTask> { return PreparedTask{}; });
    EXPECT_TRUE(soon([&] { return planned.count() == 1; }));
    EXPECT_TRUE(soon([&] { return wasCancelled.load(); }));
    EXPECT_EQ(failed.count(), 0); // nobody wants to hear of the first
}

TEST(PlanRunnerTest, IsDestroyedWithoutWaiting)
{
    QThreadPool workers;
    QSemaphore started;
    std::atomic_bool wasCancelled = false;
    {
        PlanRunner runner(workers);
        runner.run(waitingMaker(started, wasCancelled));
        EXPECT_TRUE(started.tryAcquire(1, patienceMilliseconds));
    }
    EXPECT_TRUE(workers.waitForDone(patienceMilliseconds));
    EXPECT_TRUE(wasCancelled);
}

} // namespace
} // namespace layerpool::test
