// SPDX-License-Identifier: Apache-2.0
#include "registry/ConnectionCheck.h"
#include "registry/SignOut.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ConnectionCheckTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_options.session = std::make_shared<SessionStore>();
        m_options.keyring = m_keyring;
        m_options.http.tries = 1;
        m_options.http.idleSeconds = 2;
    }

    static void wantLogin(FakeRegistry &registry, const QByteArray &userAndPassword)
    {
        registry.intercept([=](const FakeRequest &request) -> std::optional<FakeReply> {
            return request.header("Authorization") == "Basic " + userAndPassword.toBase64()
                       ? std::nullopt
                       : std::optional(FakeReply::unauthorized("Basic realm=\"x\""));
        });
    }
    Result<ConnectionCheck> check(const QString &host) { return checkConnection(m_options, host, {}); }

    LoginHome m_home;
    QTemporaryDir m_folder;
    std::shared_ptr<FakeKeyring> m_keyring = std::make_shared<FakeKeyring>();
    RegistryOptions m_options;
};

TEST_F(ConnectionCheckTest, AnOpenRegistryOverPlainHttp)
{
    FakeRegistry open;
    const Result<ConnectionCheck> found = check(open.host());
    ASSERT_TRUE(isOk(found));
    EXPECT_EQ(found->issuer, QString());
    EXPECT_FALSE(found->asksForLogin);
    EXPECT_EQ(found->sentence(u"here"_s),
              u"here answers over plain HTTP: whoever is on the way can read along. It asks for no login"_s);
}

TEST_F(ConnectionCheckTest, OneThatForbidsAccessIsNotOpen)
{
    FakeRegistry shut;
    shut.on("GET", "/v2/").reply(FakeReply(403));
    const Result<ConnectionCheck> found = check(shut.host());
    ASSERT_TRUE(isError(found, ErrorKind::Denied));
    EXPECT_TRUE(found.error().what.contains(u"forbids access"_s)) << found.error().what.toStdString();
}

TEST_F(ConnectionCheckTest, ACertificateIsVerifiedOrSaidNotToBe)
{
    const TestCertificate certificate(m_folder.path());
    FakeRegistry tls(certificate.certificate, certificate.key);
    const Result<ConnectionCheck> refused = check(tls.host());
    ASSERT_TRUE(isError(refused, ErrorKind::Untrusted));
    EXPECT_TRUE(refused.error().options.contains(u"--insecure "_s + tls.host()));

    m_options.http.insecureHosts = {tls.host()};
    const Result<ConnectionCheck> allowed = check(tls.host());
    ASSERT_TRUE(isOk(allowed));
    EXPECT_TRUE(allowed->isUnverified);
    EXPECT_FALSE(allowed->issuer.isEmpty());

    m_options.http.insecureHosts.clear();
    m_options.http.caFile = certificate.certificate;
    const Result<ConnectionCheck> trusted = check(tls.host());
    ASSERT_TRUE(isOk(trusted));
    EXPECT_FALSE(trusted->isUnverified);
    EXPECT_EQ(trusted->issuer, allowed->issuer);
}

TEST_F(ConnectionCheckTest, ALoginIsTriedAndSaidWhereItIsKept)
{
    FakeRegistry locked;
    wantLogin(locked, "ann:right");
    const Result<ConnectionCheck> without = check(locked.host());
    ASSERT_TRUE(isOk(without));
    EXPECT_TRUE(without->asksForLogin);
    EXPECT_EQ(without->place, QString());

    ASSERT_TRUE(isOk(m_keyring->store(locked.host(), {u"ann"_s, u"right"_s}, {})));
    const Result<ConnectionCheck> with = check(locked.host());
    ASSERT_TRUE(isOk(with));
    EXPECT_TRUE(with->sentence(u"x"_s).endsWith(u"It takes the login of ann from the keyring"_s))
        << with->sentence(u"x"_s).toStdString();

    ASSERT_TRUE(isOk(m_keyring->store(locked.host(), {u"ann"_s, u"wrong"_s}, {})));
    EXPECT_TRUE(isError(check(locked.host()), ErrorKind::Denied));
}

TEST_F(ConnectionCheckTest, SigningOutForgetsOwnLoginsAndTellsOfAnothersOne)
{
    const QString host = u"harbor.corp"_s;
    const Credential ann{u"ann"_s, u"right"_s};
    ASSERT_TRUE(isOk(m_options.session->store(host, ann, {})));
    ASSERT_TRUE(isOk(m_keyring->store(host, ann, {})));
    const Result<SignedOut> out = signOut(m_options, host, {});
    ASSERT_TRUE(isOk(out));
    EXPECT_TRUE(out->wasThere);
    EXPECT_EQ(out->elsewhere, QString());
    EXPECT_FALSE(*m_options.session->find(host, {}));
    EXPECT_FALSE(*m_keyring->find(host, {}));

    const QString docker = m_home.write(u".docker/config.json"_s, authJson(host, "bob:other"));
    const Result<SignedOut> again = signOut(m_options, host, {});
    ASSERT_TRUE(isOk(again));
    EXPECT_FALSE(again->wasThere);
    EXPECT_EQ(again->elsewhere, docker);
}

TEST_F(ConnectionCheckTest, SigningOutNeedsNoKeyring)
{
    m_keyring->failure = FakeKeyring::absent();
    ASSERT_TRUE(isOk(m_options.session->store(u"harbor.corp"_s, {u"ann"_s, u"right"_s}, {})));
    const Result<SignedOut> out = signOut(m_options, u"harbor.corp"_s, {});
    ASSERT_TRUE(isOk(out));
    EXPECT_TRUE(out->wasThere);
}

} // namespace
} // namespace layerpool::test
