// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"
#include "core/task/PushTest.h"
#include "task/TaskQueue.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using State = TaskWork::State;

std::size_t find(const TaskWork &work, const QString &line)
{
    return work.find(line).value_or(work.imageCount());
}

TEST(TaskWorkTest, AnImageIsAsFarAsItsParts)
{
    TaskWork work({u"a"_s, u"b"_s, u"c"_s}, {{{}, 100, {0, 1}}, {{}, 50, {1}}, {{}, 0, {1}}});
    EXPECT_EQ(work.partsOf(0).size(), 1U);
    EXPECT_EQ(work.partsOf(1).size(), 3U);
    EXPECT_EQ(work.partsOf(2).size(), 0U);
    EXPECT_EQ(work.image(1).total, 150);
    EXPECT_EQ(work.image(1).state, State::Waiting);

    work.setPart(0, State::Working);
    work.add(0, 30);
    EXPECT_EQ(work.image(0).state, State::Working);
    EXPECT_EQ(work.image(0).done, 30);
    EXPECT_EQ(work.image(1).done, 30) << "they share it";
    EXPECT_EQ(work.image(2).state, State::Waiting);

    work.add(0, -40);
    EXPECT_EQ(work.part(0).done, 0) << "never less than nothing";
    work.add(0, 1000);
    EXPECT_EQ(work.part(0).done, 100) << "never more than there is";
    work.settle(u"a"_s, State::Done);
    EXPECT_EQ(work.image(0).state, State::Done);
    work.settle(u"none of them"_s, State::Failed);
}

class TaskWorkOfTasksTest : public ConvertTest
{
protected:
    std::shared_ptr<TaskWork> run(std::unique_ptr<Task> task)
    {
        TaskQueue queue;
        std::shared_ptr<TaskWork> work;
        QObject::connect(&queue, &TaskQueue::reported, &queue,
                         [&](TaskId id) { work = queue.progress(id)->work(); });
        queue.enqueue(std::move(task));
        EXPECT_TRUE(QTest::qWaitFor([&] { return !queue.hasWork(); }));
        return work;
    }
};

TEST_F(TaskWorkOfTasksTest, AConvertTellsOfEachImageAndBlob)
{
    m_samples.add(u"a"_s, u"v1"_s, {.sharedLayers = 2, .base = 0});
    m_samples.add(u"b"_s, u"v1"_s, {.sharedLayers = 2, .base = 0});
    m_samples.add(u"there"_s, u"v1"_s);
    ASSERT_TRUE(convert("there:v1\n").isClean());
    Result<ConvertPlan> planned = plan("a:v1\nb:v1\nthere:v1\nnone:v1\n");
    ASSERT_TRUE(planned);
    const qint64 bytes = planned->fetchBytes;
    const std::shared_ptr<TaskWork> work = run(std::make_unique<ConvertTask>(*std::move(planned)));
    ASSERT_TRUE(work);
    ASSERT_EQ(work->imageCount(), 4U);
    const std::size_t a = find(*work, u"a:v1"_s);
    EXPECT_EQ(work->image(a).state, State::Done);
    EXPECT_EQ(work->image(a).done, work->image(a).total);
    EXPECT_GT(work->image(a).total, 0);
    EXPECT_EQ(work->image(find(*work, u"there:v1"_s)).state, State::Skipped);
    EXPECT_EQ(work->image(find(*work, u"none:v1"_s)).state, State::Failed);
    std::set<std::uint32_t> parts;
    qint64 done = 0;
    for (const std::size_t image : {a, find(*work, u"b:v1"_s)}) {
        for (const std::uint32_t part : work->partsOf(image)) {
            EXPECT_EQ(work->part(part).state, State::Done);
            done += parts.insert(part).second ? work->part(part).done : 0;
        }
    }
    EXPECT_EQ(done, bytes) << "a shared blob counts once";
}

TEST_F(TaskWorkOfTasksTest, ABlobThatCannotBeHadFailsItsImages)
{
    const Sample a = m_samples.add(u"a"_s, u"v1"_s);
    m_samples.add(u"b"_s, u"v1"_s);
    m_fake.on("GET", "/v2/a/blobs/" + a.amd64().layers.front().toByteArray())
        .reply(FakeReply::error(404, "BLOB_UNKNOWN"));
    Result<ConvertPlan> planned = plan("a:v1\nb:v1\n");
    ASSERT_TRUE(planned);
    const std::shared_ptr<TaskWork> work = run(std::make_unique<ConvertTask>(*std::move(planned)));
    ASSERT_TRUE(work);
    const auto parts = work->partsOf(find(*work, u"a:v1"_s));
    EXPECT_EQ(work->image(find(*work, u"a:v1"_s)).state, State::Failed);
    EXPECT_EQ(work->image(find(*work, u"b:v1"_s)).state, State::Done);
    EXPECT_EQ(std::count_if(parts.begin(), parts.end(),
                            [&](std::uint32_t part) { return work->part(part).state == State::Failed; }),
              1);
}

TEST_F(PushTest, APushTellsOfEachImageAndBlob)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    PushPlan planned = plan();
    const std::size_t blobs = planned.blobs.size();
    PushTask task(std::move(planned));
    EXPECT_TRUE(task.run(m_recorder.context()).isClean());
    const std::shared_ptr<TaskWork> work = m_recorder.progress.work();
    ASSERT_TRUE(work);
    ASSERT_EQ(work->imageCount(), 1U);
    EXPECT_EQ(work->partsOf(0).size(), blobs);
    EXPECT_EQ(work->image(0).done, work->image(0).total);
}

} // namespace
} // namespace layerpool::test
