// SPDX-License-Identifier: Apache-2.0
#include "core/net/NetTest.h"
#include "net/HttpClient.h"
#include "support/FakeRegistry.h"

#include <QBuffer>

#include <gtest/gtest.h>

#include <future>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

HttpRequest get(const FakeRegistry &registry)
{
    HttpRequest request;
    request.url = QUrl(registry.url(u"/x"_s));
    return request;
}

TEST(RateLimitTest, GrantsNoMoreThanTheRate)
{
    RateLimit limit(1'000'000);
    const Clock::time_point begun = Clock::now();
    qint64 granted = 0;
    while (Clock::now() - begun < 200ms) {
        granted += limit.grant(64 * 1024);
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    EXPECT_LE(static_cast<double>(granted), 1'000'000 * seconds + 1);
    EXPECT_GE(granted, 100'000);
    EXPECT_EQ(RateLimit(0).grant(123), 123);
}

// Also those of several tasks, each with a network of its own.
TEST(LimitsTest, AllDownloadsTogetherKeepToTheRate)
{
    FakeRegistry fake;
    const QByteArray bytes(150'000, 'x');
    fake.on("GET", "/x").reply(FakeReply(200, bytes));
    const auto limit = std::make_shared<RateLimit>(200'000);
    const auto fetch = [&] {
        HttpClient client(networkOf({.tries = 1, .idleSeconds = 1, .rateLimit = limit}), CancelToken());
        qint64 received = 0;
        const Result<HttpResponse> response = client.download(get(fake), {}, [&](QByteArrayView piece) {
            received += piece.size();
            return Status();
        });
        EXPECT_TRUE(isOk(response));
        return received;
    };
    const Clock::time_point begun = Clock::now();
    auto other = std::async(std::launch::async, fetch);
    EXPECT_EQ(fetch(), bytes.size());
    EXPECT_EQ(other.get(), bytes.size());
    // One and a half seconds of bytes; waiting for them is nobody's silence, though the idle limit is
    // shorter.
    EXPECT_GE(Clock::now() - begun, 1400ms);
}

TEST(LimitsTest, AnUploadKeepsToTheRateAndIsNotTakenForSilence)
{
    FakeRegistry fake;
    fake.on("PUT", "/x").reply(FakeReply(201));
    QByteArray bytes(300'000, 'x');
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i % 251);
    }
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    HttpRequest request = get(fake);
    request.verb = "PUT";
    request.bodyDevice = &body;
    request.bodyLength = bytes.size();
    HttpClient client(
        networkOf({.tries = 1, .idleSeconds = 1, .rateLimit = std::make_shared<RateLimit>(200'000)}),
        CancelToken());
    const Clock::time_point begun = Clock::now();
    ASSERT_TRUE(isOk(client.send(request)));
    EXPECT_GE(Clock::now() - begun, 1400ms);
    EXPECT_EQ(fake.requests("PUT", "/x").front().body, bytes);
}

TEST(LimitsTest, AServerThatTricklesIsLeft)
{
    FakeRegistry fake;
    fake.on("GET", "/x").reply(FakeReply(200, QByteArray(100'000, 'x')).trickle(1, 50));
    HttpClient client(networkOf({.tries = 1, .idleSeconds = 1}), CancelToken());
    const Result<HttpResponse> response =
        client.download(get(fake), {}, [](QByteArrayView) { return Status(); });
    ASSERT_TRUE(isError(response, ErrorKind::Unreachable));
    EXPECT_TRUE(response.error().what.contains(u"too slow"_s));
    EXPECT_TRUE(client.wasTooSlow());
}

TEST(LimitsTest, AHostThatAsksForPatienceGetsItFromAllClients)
{
    FakeRegistry busy;
    FakeRegistry free;
    busy.on("GET", "/x").reply(FakeReply(429).header("Retry-After", "1")).thenReply(FakeReply(200, "ok"));
    free.on("GET", "/x").reply(FakeReply(200, "ok"));
    const auto network = networkOf({.tries = 3, .idleSeconds = 5});
    const auto ask = [&network](const FakeRegistry &registry) {
        HttpClient client(network, CancelToken());
        const Result<HttpResponse> response = client.send(get(registry));
        return response && response->status == 200;
    };
    const Clock::time_point begun = Clock::now();
    auto refused = std::async(std::launch::async, [&] { return ask(busy); });
    while (!network->gates().waiting()) {
        std::this_thread::yield();
    }
    EXPECT_EQ(network->gates().waiting()->host, busy.host());
    EXPECT_TRUE(ask(free));
    EXPECT_EQ(refused.wait_for(0s), std::future_status::timeout) << "the other host was served meanwhile";
    EXPECT_TRUE(ask(busy));
    EXPECT_GE(Clock::now() - begun, 1s) << "a client that was not refused itself waits, too";
    EXPECT_TRUE(refused.get());
    EXPECT_EQ(busy.count("GET", "/x"), 3);
}

TEST(LimitsTest, TenYearsAreNotWaitedFor)
{
    FakeRegistry fake;
    fake.on("GET", "/x").reply(FakeReply(503).header("Retry-After", "315360000")).thenReply(FakeReply(200));
    HttpClient client(networkOf({.tries = 2, .idleSeconds = 5, .longestHoldSeconds = 1}), CancelToken());
    const Result<HttpResponse> response = client.send(get(fake));
    ASSERT_TRUE(isOk(response));
    EXPECT_EQ(response->status, 200);
}

} // namespace
} // namespace layerpool::test
