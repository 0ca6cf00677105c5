// SPDX-License-Identifier: Apache-2.0
#include "models/TaskModel.h"

#include "UiTest.h"

#include <QSemaphore>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

Error notFound()
{
    return {ErrorKind::NotFound, u"redis:5 is not at docker.io"_s, u"the tag does not exist"_s,
            u"Check the tag"_s};
}

/// Reports half of its bytes and one failure, then waits until it is let go or cancelled.
class HeldTask final : public Task
{
public:
    explicit HeldTask(QSemaphore &gate) : m_gate(gate) {}

    QString title() const override { return u"Convert a.txt"_s; }

    TaskResult run(const TaskContext &context) override
    {
        TaskResult result;
        context.progress.imagesTotal = 4;
        context.progress.imagesDone = 3;
        context.progress.bytesTotal = 2000;
        context.progress.bytesDone = 1000;
        context.progress.setPhase(u"Fetching"_s);
        result.failures.push_back({u"redis:5"_s, notFound()});
        context.report({TaskEvent::Kind::ImageFailed, u"redis:5"_s, notFound()});
        while (!m_gate.tryAcquire(1, 20)) {
            if (context.cancel.isCancelled()) {
                result.stopped = cancelledError();
                return result;
            }
        }
        result.imagesDone = 3;
        result.seconds = 1.5;
        result.settings = {{u"/etc/hosts.toml"_s, u"server\n"_s}};
        return result;
    }

private:
    QSemaphore &m_gate;
};

/// Ends at once, as it is told to.
class EndedTask final : public Task
{
public:
    explicit EndedTask(TaskResult result) : m_result(std::move(result)) {}

    QString title() const override { return u"Push a.txt"_s; }
    TaskResult run(const TaskContext &) override { return m_result; }

private:
    TaskResult m_result;
};

class TaskModelTest : public UiTest
{
protected:
    TaskId start(Verb verb = Verb::Convert)
    {
        return m_workspace.start({verb, {}, std::make_unique<HeldTask>(m_gate)}, {});
    }
    QModelIndex task(int column = TaskModel::Title) const { return m_model.index(0, column); }

    QSemaphore m_gate;
    Workspace m_workspace;
    TaskModel m_model{m_workspace};
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(TaskModelTest, ShowsHowFarATaskIs)
{
    start();
    EXPECT_EQ(task().data().toString(), u"Convert a.txt"_s);
    const auto state = [&] { return task(TaskModel::State).data().toString(); };
    EXPECT_TRUE(soon([&] { return state() == u"2 of 4 image(s) · 1 failed"_s; })) << state().toStdString();
    EXPECT_TRUE(task().data(DetailsRole).toString().contains(u"Fetching"_s));
    EXPECT_EQ(task(TaskModel::Amount).data().toString(), u"1.0 kB of 2.0 kB"_s);
    EXPECT_DOUBLE_EQ(task(TaskModel::Progress).data(FractionRole).toDouble(), 0.5);
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    EXPECT_EQ(task(TaskModel::Progress).data().toString(), u"in 1.5 s"_s);
    EXPECT_EQ(task(TaskModel::Amount).data().toString(), u"3 of 4 image(s)"_s);
}

TEST_F(TaskModelTest, PutsFailuresBelowTheirTaskOnce)
{
    start();
    EXPECT_TRUE(soon([&] { return m_model.rowCount(task()) == 1; }));
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    EXPECT_EQ(m_model.rowCount(task()), 1);
    EXPECT_EQ(m_model.failedImages(task()), QStringList({u"redis:5"_s}));
    const QString told = m_model.index(0, 0, task()).data(DetailsRole).toString();
    EXPECT_TRUE(told.contains(u"the tag does not exist"_s)) << told.toStdString();
    EXPECT_TRUE(told.contains(u"Check the tag"_s)) << told.toStdString();
    EXPECT_TRUE(task().data(DetailsRole).toString().contains(u"redis:5"_s));
}

TEST_F(TaskModelTest, ACancelledTaskSaysSo)
{
    const TaskId id = start();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Running; }));
    m_workspace.queue().cancel(id);
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Stopped; }));
    EXPECT_EQ(task(TaskModel::State).data().toString(), u"Cancelled"_s);
}

TEST_F(TaskModelTest, TheNewestIsOnTopAndFailuresStayWithTheirTask)
{
    start();
    EXPECT_TRUE(soon([&] { return m_model.rowCount(task()) == 1; }));
    const QPersistentModelIndex failure(m_model.index(0, 0, task()));
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    start(Verb::Push);
    EXPECT_EQ(m_model.rowCount(), 2);
    EXPECT_EQ(m_model.verbOf(task()), Verb::Push);
    EXPECT_EQ(failure.parent().row(), 1);
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
}

TEST_F(TaskModelTest, TellsTheSettingsOfATargetWhenItIsDone)
{
    start(Verb::Push);
    EXPECT_EQ(task().data(SettingsRole).toString(), QString());
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    EXPECT_EQ(task().data(SettingsRole).toString(), u"# /etc/hosts.toml\nserver\n"_s);
}

TEST_F(TaskModelTest, WhatARunDidNotComeToIsTriedAgainUnlessItWasCancelled)
{
    TaskResult broken;
    broken.failures.push_back({u"redis:5"_s, notFound()});
    broken.undone = {u"nginx:1"_s};
    broken.stopped = Error{ErrorKind::NoSpace, u"The disk is full"_s, {}, {}};
    m_workspace.start({Verb::Push, {}, std::make_unique<EndedTask>(broken)}, {});
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Stopped; }));
    EXPECT_EQ(m_model.failedImages(task()), QStringList({u"redis:5"_s, u"nginx:1"_s}));
    EXPECT_TRUE(m_model.canRetry(task()));

    TaskResult cancelled;
    cancelled.undone = {u"nginx:1"_s};
    cancelled.stopped = cancelledError();
    m_workspace.start({Verb::Push, {}, std::make_unique<EndedTask>(cancelled)}, {});
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Stopped; }));
    EXPECT_FALSE(m_model.canRetry(task()));

    cancelled.failures.push_back({u"redis:5"_s, notFound()});
    m_workspace.start({Verb::Push, {}, std::make_unique<EndedTask>(cancelled)}, {});
    EXPECT_TRUE(soon([&] { return m_model.canRetry(task()); }));
    EXPECT_EQ(m_model.failedImages(task()), QStringList({u"redis:5"_s, u"nginx:1"_s})) << "all of it, then";
}

TEST_F(TaskModelTest, ATooltipNamesAFewOfManyFailures)
{
    TaskResult failed;
    for (int i = 0; i < 1000; ++i) {
        const QString image = u"redis:%1"_s.arg(i);
        failed.failures.push_back({image, {ErrorKind::NotFound, image + u" is not there"_s, {}, {}}});
    }
    m_workspace.start({Verb::Push, {}, std::make_unique<EndedTask>(failed)}, {});
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    for (const int column : {TaskModel::Title, TaskModel::State}) {
        const QString tip = task(column).data(Qt::ToolTipRole).toString();
        EXPECT_TRUE(tip.endsWith(u"redis:9 is not there.\nand 990 more"_s)) << tip.toStdString();
    }
    EXPECT_TRUE(task().data(DetailsRole).toString().contains(u"redis:999 is not there"_s)) << "all is copied";
}

TEST_F(TaskModelTest, AVerifyThatFoundAnythingIsDoneAgain)
{
    TaskResult found;
    found.findings.push_back({ErrorKind::Corrupt, u"A link is wrong"_s, {}, {}});
    m_workspace.start({Verb::Verify, {}, std::make_unique<EndedTask>(found)}, {});
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    EXPECT_TRUE(m_model.canRetry(task()));
    ASSERT_TRUE(m_model.resultOf(task()));
    EXPECT_EQ(m_model.resultOf(task())->findings.size(), 1U);
}

TEST_F(TaskModelTest, ClearsWhatHasFinished)
{
    start();
    EXPECT_FALSE(m_model.hasFinished());
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.hasFinished(); }));
    m_model.removeFinished();
    EXPECT_EQ(m_model.rowCount(), 0);
}

/// Three images and two blobs; the second image fails at the second gate.
class WorkingTask final : public Task
{
public:
    explicit WorkingTask(QSemaphore &gate) : m_gate(gate) {}

    QString title() const override { return u"Convert b.txt"_s; }

    TaskResult run(const TaskContext &context) override
    {
        const auto work = std::make_shared<TaskWork>(
            QStringList{u"a:1"_s, u"b:1"_s, u"c:1"_s},
            std::vector<TaskWork::Part>{{digestOf('1'), 1000, {0, 1}}, {digestOf('2'), 3000, {1}}});
        context.progress.setWork(work);
        work->setPart(0, TaskWork::State::Working);
        work->add(0, 500);
        context.report({TaskEvent::Kind::ImageSkipped, u"c:1"_s, {}});
        m_gate.acquire();
        work->setPart(0, TaskWork::State::Done);
        context.report({TaskEvent::Kind::ImageDone, u"a:1"_s, {}});
        context.report({TaskEvent::Kind::ImageFailed, u"b:1"_s, notFound()});
        m_gate.acquire();
        TaskResult result;
        result.failures.push_back({u"b:1"_s, notFound()});
        return result;
    }

private:
    static Digest digestOf(char digit)
    {
        return *Digest::parse(QByteArray("sha256:") + QByteArray(64, digit));
    }

    QSemaphore &m_gate;
};

TEST_F(TaskModelTest, ShowsTheImagesOfATaskAndTheBlobsOfAnImage)
{
    m_workspace.start({Verb::Convert, {}, std::make_unique<WorkingTask>(m_gate)}, {});
    ASSERT_TRUE(soon([&] { return m_model.rowCount(task()) == 3; }));
    EXPECT_EQ(column(m_model, TaskModel::Title, task()), QStringList({u"a:1"_s, u"b:1"_s, u"c:1"_s}));
    EXPECT_EQ(column(m_model, TaskModel::State, task()),
              QStringList({u"At work"_s, u"At work"_s, u"There already"_s}));
    EXPECT_EQ(column(m_model, TaskModel::Amount, task()),
              QStringList({u"500 bytes of 1.0 kB"_s, u"500 bytes of 4.0 kB"_s, QString()}));
    EXPECT_DOUBLE_EQ(m_model.index(0, TaskModel::Progress, task()).data(FractionRole).toDouble(), 0.5);
    const QModelIndex second = m_model.index(1, 0, task());
    ASSERT_EQ(m_model.rowCount(second), 2);
    EXPECT_EQ(column(m_model, TaskModel::State, second), QStringList({u"At work"_s, u"Waiting"_s}));
    EXPECT_TRUE(m_model.index(1, 0, second).data(DigestRole).toString().startsWith(u"sha256:2222"_s));
    EXPECT_FALSE(m_model.isFailure(second));
    m_gate.release(2);
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
}

TEST_F(TaskModelTest, WhatFailsGoesOnTopAndSaysWhyInThreeParts)
{
    m_workspace.start({Verb::Convert, {}, std::make_unique<WorkingTask>(m_gate)}, {});
    ASSERT_TRUE(soon([&] { return m_model.rowCount(task()) == 3; }));
    const QPersistentModelIndex image(m_model.index(1, 0, task()));
    const QPersistentModelIndex blob(m_model.index(0, 0, image));
    m_gate.release();
    ASSERT_TRUE(soon([&] { return m_model.isFailure(image); }));
    EXPECT_EQ(image.row(), 0);
    EXPECT_FALSE(blob.isValid());
    EXPECT_EQ(column(m_model, TaskModel::Title, image),
              QStringList({u"What happened: redis:5 is not at docker.io"_s, u"Why: the tag does not exist"_s,
                           u"What to try: Check the tag"_s}));
    EXPECT_EQ(m_model.failedImage(m_model.index(2, 0, image)), u"b:1"_s);
    EXPECT_EQ(m_model.index(1, 0, task()).data().toString(), u"a:1"_s);
    EXPECT_EQ(m_model.index(1, TaskModel::State, task()).data().toString(), u"Done"_s);
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
    EXPECT_EQ(m_model.rowCount(task()), 3) << "it was told twice";
    EXPECT_EQ(m_model.failedImages(task()), QStringList({u"b:1"_s}));
}

TEST_F(TaskModelTest, OnlyTasksAreToldToChange)
{
    m_workspace.start({Verb::Convert, {}, std::make_unique<WorkingTask>(m_gate)}, {});
    ASSERT_TRUE(soon([&] { return m_model.rowCount(task()) == 3; }));
    int ofImages = 0;
    int ofTasks = 0;
    QObject::connect(&m_model, &TaskModel::dataChanged, &m_model,
                     [&](const QModelIndex &first) { ++(m_model.isTask(first) ? ofTasks : ofImages); });
    EXPECT_TRUE(soon([&] { return ofTasks > 1; }));
    EXPECT_EQ(ofImages, 0) << "ten thousand may be";
    m_gate.release(2);
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Done; }));
}

TEST_F(TaskModelTest, WhatIsNotOverStandsInTheOrderOfTheQueueAboveWhatIs)
{
    m_workspace.queue().setLimit(1);
    const TaskId first = start();
    const TaskId second = start();
    const TaskId third = start();
    EXPECT_TRUE(soon([&] { return m_model.phaseOf(task()) == TaskModel::Phase::Running; }));
    m_workspace.queue().move(third, -1);
    const auto ids = [&] {
        std::vector<TaskId> all;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            all.push_back(m_model.idOf(m_model.index(row, 0)));
        }
        return all;
    };
    EXPECT_EQ(ids(), (std::vector{first, third, second}));
    m_gate.release();
    EXPECT_TRUE(soon([&] { return m_model.hasFinished(); }));
    EXPECT_EQ(ids(), (std::vector{third, second, first}));
    m_gate.release(2);
    EXPECT_TRUE(soon([&] { return !m_workspace.queue().hasWork(); }));
    EXPECT_EQ(ids(), (std::vector{second, third, first})) << "the newest to end on top";
}

} // namespace
} // namespace layerpool::test
