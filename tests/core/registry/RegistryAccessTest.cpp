// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "base/Digester.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QUrlQuery>

#include <gtest/gtest.h>

#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

const QByteArray kBlob = "/v2/team/app/blobs/sha256:" + QByteArray(64, 'a');

// A registry that wants tokens of a server, which may be itself.
class RegistryAccessTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_options.session = std::make_shared<SessionStore>();
        m_options.http.tries = 3;
        m_options.http.idleSeconds = 2;
        m_fake.on("HEAD", kBlob).reply(FakeReply(200));
    }

    void signIn(const Credential &credential)
    {
        ASSERT_TRUE(isOk(m_options.session->store(m_fake.host(), credential, {})));
    }
    /// From now on all but `/token` needs one of the tokens.
    void wantTokens(const QByteArrayList &tokens, const FakeRegistry &server)
    {
        const QByteArray challenge =
            "Bearer realm=\"" + server.url(u"/token"_s).toLatin1() + "\",service=\"a reg\"";
        m_fake.intercept([=](const FakeRequest &request) -> std::optional<FakeReply> {
            const QByteArray login = request.header("Authorization");
            const bool isOpen =
                request.path == "/token" || (login.startsWith("Bearer ") && tokens.contains(login.sliced(7)));
            return isOpen ? std::nullopt : std::optional(FakeReply::unauthorized(challenge));
        });
    }
    Result<bool> ask()
    {
        if (!m_access) {
            m_access = *RegistryAccess::create(m_options);
        }
        RegistryClient client(*m_access, m_cancel);
        return client.hasBlob({m_fake.host(), *RepositoryName::parse(u"team/app")},
                              *Digest::parse(u"sha256:"_s + QString(64, u'a')));
    }

    LoginHome m_home;
    FakeRegistry m_fake;
    RegistryOptions m_options;
    CancelToken m_cancel;
    std::unique_ptr<RegistryAccess> m_access;
};

TEST_F(RegistryAccessTest, AnIdentityTokenIsSentAsAFormAndNeverInTheAddress)
{
    signIn({u"ann"_s, {}, u"id+entity/="_s});
    wantTokens({"t1"}, m_fake);
    m_fake.on("POST", "/token").reply(FakeReply::token("t1"));
    ASSERT_TRUE(isOk(ask()));
    const FakeRequest asked = m_fake.requests("POST", "/token").at(0);
    EXPECT_EQ(asked.header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_FALSE(asked.hasHeader("Authorization"));
    EXPECT_TRUE(asked.query.isEmpty());
    const QUrlQuery form(QString::fromLatin1(asked.body));
    const auto value = [&](const QString &name) { return form.queryItemValue(name, QUrl::FullyDecoded); };
    EXPECT_EQ(value(u"grant_type"_s), u"refresh_token"_s);
    EXPECT_EQ(value(u"refresh_token"_s), u"id+entity/="_s);
    EXPECT_EQ(value(u"service"_s), u"a reg"_s);
    EXPECT_EQ(value(u"scope"_s), u"repository:team/app:pull"_s);
    EXPECT_EQ(m_fake.count("GET", "/token"), 0);
}

TEST_F(RegistryAccessTest, AServerWithoutOAuth2GetsTheIdentityTokenAsAPassword)
{
    signIn({u"ann"_s, {}, u"identity"_s});
    wantTokens({"t1"}, m_fake);
    m_fake.on("POST", "/token").reply(FakeReply(404));
    m_fake.on("GET", "/token").reply(FakeReply::token("t1"));
    ASSERT_TRUE(isOk(ask()));
    EXPECT_EQ(m_fake.requests("GET", "/token").at(0).header("Authorization"),
              "Basic " + QByteArray("ann:identity").toBase64());
}

TEST_F(RegistryAccessTest, AFormIsNotSentOnToAnotherOrigin)
{
    FakeRegistry elsewhere;
    signIn({u"ann"_s, {}, u"identity"_s});
    wantTokens({"t1"}, m_fake);
    m_fake.on("POST", "/token").reply(FakeReply::redirect(elsewhere.url(u"/token"_s), 307));
    EXPECT_TRUE(isError(ask(), ErrorKind::Untrusted));
    EXPECT_TRUE(elsewhere.requests().empty());
}

TEST_F(RegistryAccessTest, ARealmOfAnotherSiteSeesNoPasswordUnlessItIsAllowed)
{
    FakeRegistry realm; // another port is the same host, so it goes by another name
    realm.on("GET", "/token").reply(FakeReply::token("t1"));
    const QByteArray challenge =
        "Bearer realm=\"http://localhost:" + QByteArray::number(realm.port()) + "/token\"";
    m_fake.intercept([=](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == "Bearer t1"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized(challenge));
    });
    ASSERT_TRUE(isOk(ask())) << "as nobody it may be asked";
    EXPECT_FALSE(realm.requests().at(0).hasHeader("Authorization"));

    realm.forgetRequests();
    m_access.reset();
    signIn({u"ann"_s, u"s3cret"_s});
    const Result<bool> refused = ask();
    ASSERT_TRUE(isError(refused, ErrorKind::Untrusted));
    EXPECT_TRUE(refused.error().sentence().contains(u"sent to localhost"_s));
    EXPECT_EQ(refused.error().signInTo, m_fake.host());
    EXPECT_EQ(refused.error().loginServer, u"localhost"_s);
    EXPECT_TRUE(realm.requests().empty());

    m_access.reset();
    m_options.trustedRealms = {u"localhost"_s};
    ASSERT_TRUE(isOk(ask()));
    EXPECT_EQ(realm.requests().at(0).header("Authorization"), "Basic " + QByteArray("ann:s3cret").toBase64());
}

TEST_F(RegistryAccessTest, AWrongPasswordIsTriedOnceByAllWorkersTogether)
{
    signIn({u"ann"_s, u"wrong"_s});
    wantTokens({}, m_fake);
    m_fake.on("GET", "/token").reply(FakeReply(401));
    m_access = *RegistryAccess::create(m_options);
    std::vector<std::thread> workers;
    for (const char16_t *name : {u"a", u"b", u"c", u"d"}) {
        workers.emplace_back([&, name] {
            RegistryClient client(*m_access, m_cancel);
            const auto has = client.hasBlob({m_fake.host(), *RepositoryName::parse(name)},
                                            *Digest::parse(u"sha256:"_s + QString(64, u'a')));
            EXPECT_TRUE(isError(has, ErrorKind::Denied));
            EXPECT_TRUE(has.error().sentence().contains(u"refused the login"_s));
            EXPECT_TRUE(has.error().why.contains(u"this session"_s)) << has.error().why.toStdString();
        });
    }
    for (std::thread &worker : workers) {
        worker.join();
    }
    EXPECT_EQ(m_fake.count("GET", "/token"), 2) << "for the scope, and for none";
}

TEST_F(RegistryAccessTest, ARepositoryThatTheLoginIsNotForLeavesTheOthersTheirs)
{
    signIn({u"ann"_s, u"right"_s});
    wantTokens({"good"}, m_fake);
    m_fake.on("GET", "/token").replyWith([](const FakeRequest &request) {
        return request.query.contains("secret") ? FakeReply(401) : FakeReply::token("good");
    });
    m_access = *RegistryAccess::create(m_options);
    RegistryClient client(*m_access, m_cancel);
    const auto denied = client.hasBlob({m_fake.host(), *RepositoryName::parse(u"team/secret")},
                                       *Digest::parse(u"sha256:"_s + QString(64, u'a')));
    ASSERT_TRUE(isError(denied, ErrorKind::Denied));
    EXPECT_FALSE(denied.error().sentence().contains(u"refused the login"_s))
        << denied.error().sentence().toStdString();
    EXPECT_TRUE(denied.error().why.contains(u"not allowed to do this"_s)) << denied.error().why.toStdString();
    const Result<bool> there = ask();
    ASSERT_TRUE(isOk(there));
    EXPECT_TRUE(*there);
    const auto again = client.hasBlob({m_fake.host(), *RepositoryName::parse(u"team/secret-too")},
                                      *Digest::parse(u"sha256:"_s + QString(64, u'a')));
    ASSERT_TRUE(isError(again, ErrorKind::Denied));
    EXPECT_TRUE(again.error().why.contains(u"not allowed to do this"_s)) << again.error().why.toStdString();
}

TEST_F(RegistryAccessTest, ATokenIsRenewedBeforeItEnds)
{
    wantTokens({"first", "second"}, m_fake);
    m_fake.on("GET", "/token").reply(FakeReply::token("first", 1)).thenReply(FakeReply::token("second"));
    ASSERT_TRUE(isOk(ask()));
    const auto isRenewed = [this] {
        EXPECT_TRUE(isOk(ask()));
        return m_fake.count("GET", "/token") > 1;
    };
    const auto begun = std::chrono::steady_clock::now();
    while (!isRenewed() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(10)) {
    }
    const std::vector<FakeRequest> asked = m_fake.requests("HEAD", kBlob);
    EXPECT_TRUE(std::none_of(asked.begin(), asked.end(), [](const FakeRequest &request) {
        return !request.hasHeader("Authorization");
    })) << "the challenge is known from /v2/";
    EXPECT_EQ(asked.back().header("Authorization"), "Bearer second") << "and not for a 401";
    EXPECT_EQ(asked.front().header("Authorization"), "Bearer first");
}

TEST_F(RegistryAccessTest, ALoginServerAtALoopbackAddressOfIpv6MayBePlain)
{
    m_fake.intercept([this](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == "Bearer good"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized(
                         "Bearer realm=\"http://[::1]:" + QByteArray::number(m_fake.port()) + "/token\""));
    });
    const Result<bool> nobodyThere = ask();
    ASSERT_FALSE(nobodyThere);
    EXPECT_NE(nobodyThere.error().kind, ErrorKind::Untrusted) << nobodyThere.error().sentence().toStdString();
}

TEST_F(RegistryAccessTest, ARegistryThatHasNoTimeForAGreetingIsThereAllTheSame)
{
    m_options.http.tries = 1;
    m_fake.on("GET", "/v2/").reply(FakeReply(429));
    const Result<bool> busy = ask();
    ASSERT_TRUE(isError(busy, ErrorKind::Server));
    EXPECT_TRUE(busy.error().sentence().contains(u"gets too many requests"_s))
        << busy.error().sentence().toStdString();
}

/// A registry that speaks TLS and sends its clients to a plain port.
class SecureRegistryTest : public testing::Test
{
protected:
    SecureRegistryTest()
    {
        m_options.session = std::make_shared<SessionStore>();
        m_options.http.tries = 1;
        m_options.http.idleSeconds = 5;
        m_options.http.caFile = m_own.certificate;
        m_access = *RegistryAccess::create(m_options);
        m_client.emplace(*m_access, CancelToken());
    }
    RemoteRepository app() const { return {m_secure.host(), *RepositoryName::parse(u"team/app")}; }

    LoginHome m_home;
    QTemporaryDir m_folder;
    TestCertificate m_own{m_folder.path()};
    FakeRegistry m_secure{m_own.certificate, m_own.key};
    FakeRegistry m_plain;
    RegistryOptions m_options;
    std::unique_ptr<RegistryAccess> m_access;
    std::optional<RegistryClient> m_client;
};

TEST_F(SecureRegistryTest, AnUploadGoesToNoPlainPort)
{
    m_secure.on("POST", "/v2/team/app/blobs/uploads/")
        .reply(FakeReply(202).header("Location", m_plain.url(u"/upload"_s).toLatin1()));
    QByteArray bytes("bytes");
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    const Descriptor blob{{}, Digester::of(bytes), bytes.size(), {}};
    EXPECT_TRUE(isError(m_client->uploadBlob(app(), blob, {}, body, [](qint64) {}), ErrorKind::Untrusted));
    EXPECT_TRUE(m_plain.requests().empty());
}

TEST_F(SecureRegistryTest, ThePagesOfAListStayWhereTheListIs)
{
    m_secure.on("GET", "/v2/team/app/tags/list")
        .reply(FakeReply::json(200, R"({"tags":["a"]})")
                   .header("Link", "<" + m_plain.url(u"/next"_s).toLatin1() + ">; rel=\"next\""));
    EXPECT_TRUE(isError(m_client->tags(app(), 2), ErrorKind::Corrupt));
    EXPECT_TRUE(m_plain.requests().empty());
}

TEST_F(SecureRegistryTest, NoTokenIsAskedOfAPlainPort)
{
    m_secure.intercept([this](const FakeRequest &) {
        return std::optional(
            FakeReply::unauthorized("Bearer realm=\"" + m_plain.url(u"/token"_s).toLatin1() + "\""));
    });
    EXPECT_TRUE(isError(m_client->tags(app(), 2), ErrorKind::Untrusted));
    EXPECT_TRUE(m_plain.requests().empty());
}

// While a request waits for a busy server its token ends, and the next one too.
TEST_F(RegistryAccessTest, ATokenThatEndsWhileARequestWaitsIsRenewedAsOftenAsNeeded)
{
    int served = 0;
    wantTokens({"t0", "t1", "t2", "t3"}, m_fake);
    m_fake.on("GET", "/token").replyWith([&](const FakeRequest &) {
        return FakeReply::token("t" + QByteArray::number(served++), 2);
    });
    const FakeReply busy = FakeReply(503).header("Retry-After", "1");
    const FakeReply ended =
        FakeReply::unauthorized("Bearer realm=\"" + m_fake.url(u"/token"_s).toLatin1() + "\"");
    m_fake.on("HEAD", kBlob)
        .reply(busy)
        .thenReply(ended)
        .thenReply(busy)
        .thenReply(ended)
        .thenReply(FakeReply(200));
    const Result<bool> has = ask();
    ASSERT_TRUE(isOk(has));
    EXPECT_TRUE(*has);
    EXPECT_EQ(m_fake.count("GET", "/token"), 3);
}

TEST_F(RegistryAccessTest, WhatIsRefusedForGoodEndsSoon)
{
    signIn({u"ann"_s, u"s3cret"_s});
    wantTokens({}, m_fake);
    m_fake.on("GET", "/token").reply(FakeReply::token("useless"));
    const Result<bool> has = ask();
    ASSERT_TRUE(isError(has, ErrorKind::Denied));
    EXPECT_EQ(has.error().signInTo, m_fake.host());
    EXPECT_LE(m_fake.count("HEAD", kBlob), 2);
}

TEST_F(RegistryAccessTest, ABasicLoginSurvivesASudden401)
{
    signIn({u"ann"_s, u"s3cret"_s});
    m_fake.on("GET", "/v2/").reply(FakeReply::unauthorized("Basic realm=\"x\"")).thenReply(FakeReply(200));
    m_fake.on("HEAD", kBlob).reply(FakeReply::unauthorized("Basic realm=\"x\"")).thenReply(FakeReply(200));
    ASSERT_TRUE(isOk(ask()));
}

TEST_F(RegistryAccessTest, AHelperIsAskedOnlyWhereARegistryAsks)
{
    m_home.write(u".docker/config.json"_s, R"({"credsStore":"spy"})");
    m_home.addHelper(u"spy"_s, R"(: >"$HOME/asked"; exit 5)");
    ASSERT_TRUE(isOk(ask()));
    EXPECT_FALSE(QFile::exists(m_home.path(u"asked"_s)));

    // Its failure is told where a login is missing, and nobody's token is enough where it is not.
    m_access.reset();
    wantTokens({"open"}, m_fake);
    m_fake.on("GET", "/token").reply(FakeReply::token("open"));
    ASSERT_TRUE(isOk(ask()));
    EXPECT_TRUE(QFile::exists(m_home.path(u"asked"_s)));
    m_access.reset();
    m_fake.on("GET", "/token").reply(FakeReply::token("not enough"));
    const Result<bool> has = ask();
    ASSERT_TRUE(isError(has, ErrorKind::Denied));
    EXPECT_TRUE(has.error().sentence().contains(u"docker-credential-spy"_s));
}

class LoginCheckTest : public RegistryAccessTest
{
protected:
    Result<LoginCheck> check(const Credential &credential)
    {
        return checkLogin(m_options, m_fake.host(), credential, m_cancel);
    }
};

TEST_F(LoginCheckTest, ByBasic)
{
    m_fake.intercept([](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == "Basic " + QByteArray("ann:right").toBase64()
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Basic realm=\"here\""));
    });
    const auto taken = check({u"ann"_s, u"right"_s});
    ASSERT_TRUE(isOk(taken));
    EXPECT_EQ(*taken, LoginCheck::Taken);
    const auto refused = check({u"ann"_s, u"wr0ng"_s});
    ASSERT_TRUE(isError(refused, ErrorKind::Denied));
    EXPECT_TRUE(refused.error().sentence().contains(u"“ann”"_s));
    EXPECT_FALSE(refused.error().sentence().contains(u"wr0ng"_s));
}

TEST_F(LoginCheckTest, ByToken)
{
    wantTokens({"t1"}, m_fake);
    m_fake.on("GET", "/token").replyWith([](const FakeRequest &request) {
        return request.header("Authorization") == "Basic " + QByteArray("ann:right").toBase64()
                   ? FakeReply::token("t1")
                   : FakeReply(401);
    });
    ASSERT_TRUE(isOk(check({u"ann"_s, u"right"_s})));
    EXPECT_TRUE(isError(check({u"ann"_s, u"wrong"_s}), ErrorKind::Denied));
}

TEST_F(LoginCheckTest, AnOpenDoorTellsNothing)
{
    const auto open = check({u"ann"_s, u"any"_s});
    ASSERT_TRUE(isOk(open));
    EXPECT_EQ(*open, LoginCheck::NotAsked);
    EXPECT_FALSE(m_fake.requests("GET", "/v2/").at(0).hasHeader("Authorization"));
}

} // namespace
} // namespace layerpool::test
