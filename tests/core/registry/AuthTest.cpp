// SPDX-License-Identifier: Apache-2.0
#include "registry/AuthChallenge.h"
#include "registry/TokenCache.h"

#include <gtest/gtest.h>

#include <thread>

namespace layerpool::test {
namespace {

TEST(AuthChallengeTest, ReadsQuotedAndBareValues)
{
    const auto challenges = AuthChallenge::parse(
        R"(Bearer realm="https://auth.example/token?a=b,c",service=reg, scope="a \"b\"")");
    ASSERT_EQ(challenges.size(), 1U);
    EXPECT_EQ(challenges[0].scheme, "bearer");
    EXPECT_EQ(challenges[0].parameters.value("realm"), "https://auth.example/token?a=b,c");
    EXPECT_EQ(challenges[0].parameters.value("service"), "reg");
    EXPECT_EQ(challenges[0].parameters.value("scope"), "a \"b\"");
}

TEST(AuthChallengeTest, TwoHeadersArriveAsOne)
{
    const auto challenges = AuthChallenge::parse(R"(Basic realm="x", Bearer realm="y")");
    ASSERT_EQ(challenges.size(), 2U);
    EXPECT_EQ(challenges[0].scheme, "basic");
    EXPECT_EQ(challenges[1].parameters.value("realm"), "y");
}

TEST(AuthChallengeTest, NonsenseEnds)
{
    EXPECT_TRUE(AuthChallenge::parse("").empty());
    EXPECT_TRUE(AuthChallenge::parse(" , ,,").empty());
    for (const char *text : {"=", "\"", "a=\"b", "Bearer realm=\"", "====", "a b=c=d"}) {
        AuthChallenge::parse(text); // comes to an end, whatever it makes of it
    }
}

TEST(TokenCacheTest, OneFetchesForAll)
{
    TokenCache cache;
    std::atomic<int> fetched = 0;
    const auto fetch = [&]() -> Result<Token> {
        ++fetched;
        return Token{"t", std::chrono::steady_clock::now() + std::chrono::hours(1)};
    };
    std::vector<std::thread> workers;
    for (int i = 0; i < 8; ++i) {
        workers.emplace_back([&] { EXPECT_EQ(*cache.token("realm", "scope", {}, fetch), "t"); });
    }
    for (std::thread &worker : workers) {
        worker.join();
    }
    EXPECT_EQ(fetched, 1);
    EXPECT_EQ(*cache.token("realm", "other", {}, fetch), "t");
    EXPECT_EQ(fetched, 2);
}

TEST(TokenCacheTest, AServerThatWasNotReachedIsLeftAloneForAsLongAsThatTook)
{
    using Clock = std::chrono::steady_clock;
    constexpr auto patience = std::chrono::milliseconds(300);
    TokenCache cache;
    int asked = 0;
    const auto silent = [&]() -> Result<Token> {
        ++asked;
        const Clock::time_point begun = Clock::now();
        while (Clock::now() - begun < patience) {
            std::this_thread::yield();
        }
        return Error{ErrorKind::Unreachable, QStringLiteral("silent"), {}, {}};
    };
    EXPECT_EQ(cache.token("realm", "scope", {}, silent).error().what, QStringLiteral("silent"));
    const Clock::time_point failed = Clock::now();
    EXPECT_EQ(cache.token("realm", "scope", {}, silent).error().what, QStringLiteral("silent"));
    EXPECT_EQ(asked, 1) << "the one answer stands for all";
    while (asked == 1 && Clock::now() - failed < std::chrono::seconds(10)) {
        EXPECT_FALSE(cache.token("realm", "scope", {}, silent));
    }
    EXPECT_EQ(asked, 2);
    EXPECT_GE(Clock::now() - failed, patience);
    EXPECT_FALSE(cache.token("realm", "other", {}, silent));
    EXPECT_EQ(asked, 2) << "whatever is asked of it";
    EXPECT_FALSE(cache.token("another realm", "scope", {}, silent));
    EXPECT_EQ(asked, 3);
}

TEST(TokenCacheTest, ARefusalIsNoReasonToWait)
{
    TokenCache cache;
    int asked = 0;
    const auto refused = [&]() -> Result<Token> {
        ++asked;
        return Error{ErrorKind::Denied, QStringLiteral("no"), {}, {}};
    };
    EXPECT_FALSE(cache.token("realm", "scope", {}, refused));
    EXPECT_FALSE(cache.token("realm", "scope", {}, refused));
    EXPECT_EQ(asked, 2);
}

TEST(TokenCacheTest, AnEndedOrRefusedTokenIsFetchedAnew)
{
    TokenCache cache;
    int fetched = 0;
    const auto ended = [&]() -> Result<Token> {
        return Token{"t" + QByteArray::number(++fetched),
                     std::chrono::steady_clock::now() - std::chrono::seconds(1)};
    };
    EXPECT_EQ(*cache.token("realm", "scope", {}, ended), "t1");
    EXPECT_EQ(*cache.token("realm", "scope", {}, ended), "t2");
    const auto lasting = [&]() -> Result<Token> {
        return Token{"t" + QByteArray::number(++fetched),
                     std::chrono::steady_clock::now() + std::chrono::hours(1)};
    };
    EXPECT_EQ(*cache.token("realm", "scope", {}, lasting), "t3");
    EXPECT_EQ(*cache.token("realm", "scope", "t3", lasting), "t4") << "refused by a server";
    EXPECT_EQ(*cache.token("realm", "scope", "t3", lasting), "t4") << "another worker has it renewed already";
}

} // namespace
} // namespace layerpool::test
