// SPDX-License-Identifier: Apache-2.0
#include "registry/AuthChallenge.h"
#include "registry/Credentials.h"
#include "registry/TokenCache.h"

#include <QFile>
#include <QTemporaryDir>

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

class CredentialsTest : public testing::Test
{
protected:
    Result<Credentials> load(const QByteArray &json)
    {
        const QString path = m_directory.filePath(QStringLiteral("auth.json"));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(json);
        file.close();
        return Credentials::load(path);
    }

    QTemporaryDir m_directory;
};

TEST_F(CredentialsTest, TheLongestKeyWins)
{
    const auto credentials = load(R"({"auths":{
        "quay.test":{"auth":"YTpvbmU="}, "quay.test/team":{"auth":"YTp0d28="},
        "https://index.docker.io/v1/":{"auth":"aHViOndvcmQ="}, "none.test":{}}})");
    ASSERT_TRUE(credentials);
    EXPECT_EQ(credentials->find(QStringLiteral("quay.test"), QStringLiteral("team/app"))->password,
              QStringLiteral("two"));
    EXPECT_EQ(credentials->find(QStringLiteral("quay.test"), QStringLiteral("teams/app"))->password,
              QStringLiteral("one"));
    EXPECT_EQ(credentials->find(QStringLiteral("docker.io"), QStringLiteral("library/redis"))->user,
              QStringLiteral("hub"));
    EXPECT_FALSE(credentials->find(QStringLiteral("none.test"), QStringLiteral("a")));
    EXPECT_FALSE(credentials->find(QStringLiteral("quay.test.evil"), QStringLiteral("a")));
}

TEST_F(CredentialsTest, ABadFileIsAnErrorAndAMissingOneToo)
{
    EXPECT_FALSE(load("nonsense"));
    EXPECT_FALSE(Credentials::load(QStringLiteral("/no/such/auth.json")));
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
        workers.emplace_back([&] { EXPECT_EQ(*cache.token("key", {}, fetch), "t"); });
    }
    for (std::thread &worker : workers) {
        worker.join();
    }
    EXPECT_EQ(fetched, 1);
    EXPECT_EQ(*cache.token("other", {}, fetch), "t");
    EXPECT_EQ(fetched, 2);
}

TEST(TokenCacheTest, AnEndedOrRefusedTokenIsFetchedAnew)
{
    TokenCache cache;
    int fetched = 0;
    const auto ended = [&]() -> Result<Token> {
        return Token{"t" + QByteArray::number(++fetched),
                     std::chrono::steady_clock::now() - std::chrono::seconds(1)};
    };
    EXPECT_EQ(*cache.token("key", {}, ended), "t1");
    EXPECT_EQ(*cache.token("key", {}, ended), "t2");
    const auto lasting = [&]() -> Result<Token> {
        return Token{"t" + QByteArray::number(++fetched),
                     std::chrono::steady_clock::now() + std::chrono::hours(1)};
    };
    EXPECT_EQ(*cache.token("key", {}, lasting), "t3");
    EXPECT_EQ(*cache.token("key", "t3", lasting), "t4") << "refused by a server";
    EXPECT_EQ(*cache.token("key", "t3", lasting), "t4") << "another worker has it renewed already";
}

} // namespace
} // namespace layerpool::test
