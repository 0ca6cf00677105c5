// SPDX-License-Identifier: Apache-2.0
#include "task/TransferCrew.h"

#include "core/task/TaskTest.h"
#include "support/FakeRegistry.h"

#include <QThread>

#include <gtest/gtest.h>

#include <set>

namespace layerpool::test {
namespace {

class TransferCrewTest : public testing::Test
{
protected:
    std::unique_ptr<RegistryAccess> access(int jobs)
    {
        RegistryOptions options;
        options.jobs = jobs;
        Result<std::unique_ptr<RegistryAccess>> made = RegistryAccess::create(options);
        EXPECT_TRUE(isOk(made));
        return *std::move(made);
    }

    Recorder m_recorder;
};

TEST_F(TransferCrewTest, ConnectionsServeOneRoundAfterTheOther)
{
    FakeRegistry fake;
    fake.on("HEAD", "/v2/team/app/manifests/*").reply(FakeReply(404));
    const RemoteRepository repository{fake.host(), *RepositoryName::parse(u"team/app")};
    const auto shared = access(2);
    TransferCrew crew(*shared, m_recorder.context());
    for (int round = 0; round < 5; ++round) {
        crew.forEach(8, [&](std::size_t i, RegistryClient &client) {
            EXPECT_TRUE(isOk(client.manifestDigest(repository, QString::number(i))));
        });
    }
    EXPECT_EQ(fake.countBelow("HEAD", "/v2/"), 40);
    EXPECT_LE(fake.connections(), 2);
}

TEST_F(TransferCrewTest, EveryJobRunsOnceWithTheClientOfItsThread)
{
    const auto shared = access(4);
    std::mutex mutex;
    std::multiset<std::size_t> done;
    std::map<const RegistryClient *, std::set<QThread *>> threads;
    {
        TransferCrew crew(*shared, m_recorder.context());
        for (const std::size_t count : {1U, 0U, 100U, 3U}) {
            crew.forEach(count, [&](std::size_t i, RegistryClient &client) {
                const std::lock_guard lock(mutex);
                done.insert(i);
                threads[&client].insert(QThread::currentThread());
            });
        }
    }
    EXPECT_EQ(done.size(), 104U);
    EXPECT_EQ(done.count(0), 3U);
    EXPECT_EQ(done.count(99), 1U);
    EXPECT_LE(threads.size(), 4U);
    for (const auto &[client, used] : threads) {
        EXPECT_EQ(used.size(), 1U);
    }
}

TEST_F(TransferCrewTest, ACancelBeginsNoFurtherJob)
{
    const auto shared = access(2);
    TransferCrew crew(*shared, m_recorder.context());
    std::atomic<int> begun = 0;
    crew.forEach(1000, [&](std::size_t, RegistryClient &) {
        ++begun;
        m_recorder.cancel.cancel();
    });
    EXPECT_LE(begun, 2);
    crew.forEach(1000, [&](std::size_t, RegistryClient &) { ++begun; });
    EXPECT_LE(begun, 2);
}

} // namespace
} // namespace layerpool::test
