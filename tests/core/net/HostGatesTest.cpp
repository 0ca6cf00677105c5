// SPDX-License-Identifier: Apache-2.0
#include "net/HostGates.h"

#include "net/Backoff.h"

#include <QDateTime>
#include <QLocale>

#include <gtest/gtest.h>

#include <future>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = HostGates::Clock;

HttpResponse answer(int status, const QByteArray &retryAfterHeader = {})
{
    HttpResponse response;
    response.status = status;
    if (!retryAfterHeader.isEmpty()) {
        response.headers.emplaceBack("retry-after", retryAfterHeader);
    }
    return response;
}

QByteArray httpDate(qint64 secondsFromNow)
{
    return QLocale::c()
               .toString(QDateTime::currentDateTimeUtc().addSecs(secondsFromNow),
                         u"ddd, dd MMM yyyy hh:mm:ss"_s)
               .toLatin1() +
           " GMT";
}

TEST(RetryAfter, IsReadAsSecondsAndAsADate)
{
    EXPECT_EQ(retryAfter(answer(429, "12")), 12s);
    EXPECT_EQ(retryAfter(answer(429, "0")), 0s);
    const auto later = retryAfter(answer(503, httpDate(30)));
    ASSERT_TRUE(later);
    EXPECT_GT(*later, 20s);
    EXPECT_LE(*later, 30s);
    EXPECT_EQ(retryAfter(answer(503, httpDate(-30))), 0s);
    EXPECT_GT(retryAfter(answer(429, "315360000")), 24h) << "ten years are said, if not obeyed";
}

TEST(RetryAfter, NonsenseIsNoTime)
{
    for (const QByteArray text :
         {"", "soon", "-5", "1.5", "12 s", "Wed, 99 Foo 2026 07:28:00 GMT", "99999999999999999999999999"}) {
        EXPECT_FALSE(retryAfter(answer(429, text))) << text.toStdString();
    }
    EXPECT_TRUE(asksToWait(answer(429)));
    EXPECT_TRUE(asksToWait(answer(503, "3")));
    EXPECT_FALSE(asksToWait(answer(503, "soon")));
    EXPECT_FALSE(asksToWait(answer(500, "3")));
}

TEST(Backoff, GrowsWithJitterAndHasAnEnd)
{
    for (int attempt = 1; attempt < 40; ++attempt) {
        EXPECT_GE(backOff(attempt),
                  std::min<std::chrono::milliseconds>(24s, 250ms * (1 << std::min(attempt, 8))));
        EXPECT_LE(backOff(attempt), 30s);
    }
}

class HostGatesTest : public testing::Test
{
protected:
    void refuse(const QString &host, const QByteArray &retryAfterHeader)
    {
        Result<HostGates::Pass> pass = m_gates.enter(host, m_cancel);
        ASSERT_TRUE(pass);
        pass->learn(answer(429, retryAfterHeader));
    }

    HostGates m_gates{300ms};
    CancelToken m_cancel;
};

TEST_F(HostGatesTest, AHostThatAsksForPatienceIsHeldBackAloneAndWithinLimits)
{
    const Clock::time_point begun = Clock::now();
    refuse(u"a"_s, "315360000"); // ten years
    EXPECT_FALSE(m_gates.waiting()) << "nobody waits yet";
    EXPECT_TRUE(m_gates.enter(u"b"_s, m_cancel));
    EXPECT_LT(Clock::now() - begun, 300ms) << "another host was held back";
    EXPECT_TRUE(m_gates.enter(u"a"_s, m_cancel));
    EXPECT_GE(Clock::now() - begun, 300ms);
    EXPECT_LT(Clock::now() - begun, 10s);
}

TEST_F(HostGatesTest, AHostThatAnswersNobodyIsGivenUpByAll)
{
    const Error silent{ErrorKind::Unreachable, u"silent"_s, {}, {}};
    HostGates gates(1s, {}, {.tries = 3, .silence = 20ms, .askAgain = 50ms});
    const auto fail = [&](int times) {
        std::vector<HostGates::Pass> together;
        for (int i = 0; i < times; ++i) {
            Result<HostGates::Pass> pass = gates.enter(u"dead"_s, m_cancel);
            ASSERT_TRUE(pass);
            together.push_back(*std::move(pass));
        }
        for (HostGates::Pass &pass : together) {
            pass.fail(silent);
        }
    };
    ASSERT_NO_FATAL_FAILURE(fail(8));
    EXPECT_FALSE(gates.outage(u"dead"_s)) << "they failed together: that is one try";
    const Clock::time_point begun = Clock::now();
    while (!gates.outage(u"dead"_s) && Clock::now() - begun < 10s) {
        ASSERT_NO_FATAL_FAILURE(fail(1));
    }
    EXPECT_GE(Clock::now() - begun, 10ms) << "not before its silence has lasted";
    EXPECT_EQ(gates.enter(u"dead"_s, m_cancel).error().what, u"silent"_s);
    EXPECT_TRUE(gates.enter(u"alive"_s, m_cancel));

    std::optional<HostGates::Pass> probe; // one looks, the others don't wait for it
    while (!probe && Clock::now() - begun < 10s) {
        if (Result<HostGates::Pass> pass = gates.enter(u"dead"_s, m_cancel)) {
            probe.emplace(*std::move(pass));
        }
    }
    ASSERT_TRUE(probe);
    EXPECT_FALSE(gates.enter(u"dead"_s, m_cancel));
    probe->hear();
    EXPECT_TRUE(gates.enter(u"dead"_s, m_cancel));
    EXPECT_FALSE(gates.outage(u"dead"_s));
}

TEST_F(HostGatesTest, ATimeThatIsOverAlreadyIsNoLeaveToHurry)
{
    HostGates gates(1h);
    for (const char *header : {"0", "Thu, 01 Jan 1998 00:00:00 GMT"}) {
        const Clock::time_point begun = Clock::now();
        Result<HostGates::Pass> pass = gates.enter(u"a"_s, m_cancel);
        ASSERT_TRUE(pass);
        pass->learn(answer(429, header));
        EXPECT_TRUE(gates.enter(u"a"_s, m_cancel));
        EXPECT_GE(Clock::now() - begun, 500ms) << header;
    }
}

TEST_F(HostGatesTest, WhoWaitsIsToldAndHearsACancel)
{
    HostGates gates(1h);
    Result<HostGates::Pass> pass = gates.enter(u"slow.corp:5000"_s, m_cancel);
    ASSERT_TRUE(pass);
    pass->learn(answer(503, "60"));
    auto waiter =
        std::async(std::launch::async, [&] { return bool(gates.enter(u"slow.corp:5000"_s, m_cancel)); });
    std::optional<HostWait> wait;
    while (!(wait = gates.waiting())) {
        std::this_thread::yield();
    }
    EXPECT_EQ(wait->host, u"slow.corp:5000"_s);
    EXPECT_GT(wait->seconds, 30);
    EXPECT_LE(wait->seconds, 60);
    m_cancel.cancel();
    EXPECT_FALSE(waiter.get());
    EXPECT_FALSE(gates.waiting());
}

TEST_F(HostGatesTest, AHostThatFailsIsToldWhileSomebodyWaitsToTryItAgain)
{
    {
        const HostGates::Retry retry(m_gates, u"dead.corp"_s, 20s);
        ASSERT_TRUE(m_gates.waiting());
        EXPECT_EQ(m_gates.waiting()->host, u"dead.corp"_s);
        EXPECT_FALSE(m_gates.waiting()->isAsked);
        EXPECT_GT(m_gates.waiting()->seconds, 10);
        EXPECT_TRUE(m_gates.enter(u"dead.corp"_s, m_cancel)) << "others may try it meanwhile";
    }
    EXPECT_FALSE(m_gates.waiting());
}

TEST_F(HostGatesTest, OneHostGetsSoManyRequestsAtATime)
{
    std::vector<HostGates::Pass> passes;
    for (int i = 0; i < HostGates::mostAtOneHost; ++i) {
        passes.push_back(*m_gates.enter(u"a"_s, m_cancel));
    }
    auto next = std::async(std::launch::async, [&] { return bool(m_gates.enter(u"a"_s, m_cancel)); });
    EXPECT_EQ(next.wait_for(150ms), std::future_status::timeout);
    EXPECT_TRUE(m_gates.enter(u"b"_s, m_cancel));
    EXPECT_FALSE(m_gates.waiting()) << "the host asked for nothing";
    passes.pop_back();
    EXPECT_TRUE(next.get());
}

TEST_F(HostGatesTest, TheWholeNameOfAHostCountsBeforeAllOfItsPorts)
{
    const QHash<QString, int> most{{u"harbor.corp"_s, 2}, {u"harbor.corp:5000"_s, 8}};
    EXPECT_EQ(HostGates::limitFor(most, u"Harbor.corp:5000"_s), 8);
    EXPECT_EQ(HostGates::limitFor(most, u"harbor.corp:443"_s), 2);
    EXPECT_EQ(HostGates::limitFor(most, u"quay.io"_s), HostGates::mostAtOneHost);
}

TEST_F(HostGatesTest, AHostGetsWhatIsSetForItOnWhateverPort)
{
    HostGates gates(1h, {{u"small.corp"_s, 1}});
    const Result<HostGates::Pass> other = gates.enter(u"large.corp"_s, m_cancel);
    const Result<HostGates::Pass> second = gates.enter(u"large.corp"_s, m_cancel);
    EXPECT_TRUE(other && second);
    {
        const Result<HostGates::Pass> only = gates.enter(u"small.corp:5000"_s, m_cancel);
        ASSERT_TRUE(only);
        auto next =
            std::async(std::launch::async, [&] { return bool(gates.enter(u"small.corp:5000"_s, m_cancel)); });
        EXPECT_EQ(next.wait_for(200ms), std::future_status::timeout);
        m_cancel.cancel();
        EXPECT_FALSE(next.get());
    }
}

TEST_F(HostGatesTest, ARefusalHalvesWhatAHostGetsOnceForAllThatWereOnTheirWay)
{
    {
        std::vector<HostGates::Pass> together;
        for (int i = 0; i < HostGates::mostAtOneHost; ++i) {
            together.push_back(*m_gates.enter(u"a"_s, m_cancel));
        }
        for (HostGates::Pass &pass : together) {
            pass.learn(answer(429, "0"));
        }
    }
    std::vector<HostGates::Pass> passes;
    for (int i = 0; i < HostGates::mostAtOneHost / 2; ++i) {
        passes.push_back(*m_gates.enter(u"a"_s, m_cancel));
    }
    auto next = std::async(std::launch::async, [&] { return bool(m_gates.enter(u"a"_s, m_cancel)); });
    EXPECT_EQ(next.wait_for(150ms), std::future_status::timeout);
    for (int i = 0; i < HostGates::mostAtOneHost; ++i) {
        passes.front().learn(answer(200));
    }
    EXPECT_TRUE(next.get()) << "it gets more again as it answers";
}

TEST_F(HostGatesTest, TasksTakeTurnsAtAHostAndInAll)
{
    const auto turns = std::make_shared<RequestTurns>(2, QHash<QString, int>{{u"small.corp"_s, 1}});
    HostGates one(1h, {}, {}, turns);
    HostGates other(1h, {}, {}, turns);
    std::optional<HostGates::Pass> first(*one.enter(u"small.corp"_s, m_cancel));
    EXPECT_FALSE(one.waitsForOthers());
    auto atTheSameHost =
        std::async(std::launch::async, [&] { return bool(other.enter(u"small.corp"_s, m_cancel)); });
    while (!other.waitsForOthers()) {
        std::this_thread::yield();
    }
    std::optional<HostGates::Pass> elsewhere(*other.enter(u"large.corp"_s, m_cancel));
    EXPECT_FALSE(other.waitsForOthers()) << "one of its requests is on its way";
    auto third = std::async(std::launch::async, [&] { return bool(one.enter(u"third.corp"_s, m_cancel)); });
    EXPECT_EQ(third.wait_for(150ms), std::future_status::timeout) << "two in all";
    EXPECT_EQ(atTheSameHost.wait_for(0ms), std::future_status::timeout) << "one at this host";
    elsewhere.reset();
    EXPECT_TRUE(third.get());
    EXPECT_EQ(atTheSameHost.wait_for(0ms), std::future_status::timeout);
    first.reset();
    EXPECT_TRUE(atTheSameHost.get());
}

TEST_F(HostGatesTest, WhoAskedFirstHasItsTurnFirst)
{
    RequestTurns turns(1, {});
    ASSERT_TRUE(turns.enter(u"a"_s, m_cancel));
    std::mutex mutex;
    QStringList order;
    const auto ask = [&](const QString &host) {
        return std::async(std::launch::async, [&, host] {
            EXPECT_TRUE(turns.enter(host, m_cancel));
            const std::lock_guard lock(mutex);
            order << host;
            turns.leave(host);
        });
    };
    std::vector<std::future<void>> waiting;
    for (const QString &host : {u"b"_s, u"a"_s, u"c"_s}) {
        waiting.push_back(ask(host));
        while (turns.waiting() < int(waiting.size())) {
            std::this_thread::yield();
        }
    }
    turns.leave(u"a"_s);
    waiting.clear();
    EXPECT_EQ(order, (QStringList{u"b"_s, u"a"_s, u"c"_s}));
}

TEST_F(HostGatesTest, WhoWaitsForItsTurnHearsACancelAndNewLimits)
{
    const auto turns = std::make_shared<RequestTurns>(1, QHash<QString, int>());
    HostGates gates(1h, {}, {}, turns);
    const Result<HostGates::Pass> first = gates.enter(u"a"_s, m_cancel);
    ASSERT_TRUE(first);
    CancelToken impatient;
    auto cancelled = std::async(std::launch::async, [&] { return gates.enter(u"a"_s, impatient); });
    impatient.cancel();
    EXPECT_TRUE(isError(cancelled.get(), ErrorKind::Cancelled));
    auto second = std::async(std::launch::async, [&] { return bool(gates.enter(u"a"_s, m_cancel)); });
    turns->setLimits(2, {});
    EXPECT_TRUE(second.get());
}

TEST_F(HostGatesTest, RemembersWhatAHostStillAllows)
{
    Result<HostGates::Pass> pass = m_gates.enter(u"registry-1.docker.io"_s, m_cancel);
    ASSERT_TRUE(pass);
    HttpResponse response = answer(200);
    response.headers.emplaceBack("RateLimit-Limit", "100;w=21600");
    response.headers.emplaceBack("RateLimit-Remaining", "76;w=21600");
    pass->learn(response);
    pass->learn(answer(200)); // a blob's answer has none
    response.headers = {{"ratelimit-limit", "lots"}, {"ratelimit-remaining", "-3"}};
    pass->learn(response);
    const std::vector<PullQuota> quotas = m_gates.quotas();
    ASSERT_EQ(quotas.size(), 1U);
    EXPECT_EQ(quotas[0].host, u"registry-1.docker.io"_s);
    EXPECT_EQ(quotas[0].remaining, 76);
    EXPECT_EQ(quotas[0].limit, 100);
    EXPECT_EQ(quotas[0].seconds, 21600);
}

} // namespace
} // namespace layerpool::test
