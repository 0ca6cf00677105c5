// SPDX-License-Identifier: Apache-2.0
#include "core/net/NetTest.h"
#include "net/Certificates.h"
#include "net/HttpClient.h"
#include "support/FakeRegistry.h"
#include "support/Run.h"
#include "support/TestAuthority.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class TrustTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_options.tries = 1;
        m_options.idleSeconds = 5;
        m_options.certificateFolders = {m_directory.filePath(u"certs.d"_s)};
    }

    QString folder(const QString &name) const
    {
        const QString path = m_directory.filePath(name);
        EXPECT_TRUE(QDir().mkpath(path));
        return path;
    }

    /// What certs.d holds for the host.
    void lay(const QString &file, const QString &host, const QString &name) const
    {
        EXPECT_TRUE(QFile::copy(file, folder(u"certs.d/"_s + host) + u'/' + name));
    }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_directory.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    Result<HttpResponse> ask(const FakeRegistry &registry, bool showsCertificate = false) const
    {
        HttpRequest request;
        request.url = QUrl(registry.url(u"/x"_s));
        request.showsCertificate = showsCertificate;
        HttpClient client(networkOf(m_options), CancelToken());
        return client.send(request);
    }

    static void answer(FakeRegistry &registry) { registry.on("GET", "/x").reply(FakeReply(200, "ok")); }

    QTemporaryDir m_directory;
    TestCertificate m_server{folder(u"server"_s)};
    TestCertificate m_user{folder(u"user"_s)};
    HttpOptions m_options;
};

TEST_F(TrustTest, AnUnknownCertificateIsRefusedWithItsFingerprint)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    answer(tls);
    const Result<HttpResponse> refused = ask(tls);
    ASSERT_TRUE(isError(refused, ErrorKind::Untrusted));
    const Outcome openssl = run(u"openssl"_s, {u"x509"_s, u"-noout"_s, u"-fingerprint"_s, u"-sha256"_s,
                                               u"-in"_s, m_server.certificate});
    ASSERT_EQ(openssl.exitStatus, 0) << openssl;
    const QString fingerprint = QString::fromLatin1(openssl.out.trimmed().split('=').value(1));
    ASSERT_EQ(fingerprint.size(), 95);
    EXPECT_TRUE(refused.error().sentence().contains(fingerprint)) << refused.error().sentence().toStdString();
    EXPECT_EQ(tls.count("GET", "/x"), 0);
}

TEST_F(TrustTest, WhyACertificateIsRefusedIsSaidInWords)
{
    FakeRegistry selfSigned(m_server.certificate, m_server.key);
    EXPECT_TRUE(ask(selfSigned).error().why.contains(u"self-signed"_s));
    const TestAuthority authority(folder(u"authority"_s));
    FakeRegistry issued(authority.certificate, authority.key);
    EXPECT_TRUE(ask(issued).error().why.contains(u"issued by “Harbour-Authority”"_s))
        << ask(issued).error().why.toStdString();

    const QSslCertificate certificate = QSslCertificate::fromPath(authority.certificate).value(0);
    EXPECT_EQ(reasonOf(QSslError(QSslError::HostNameMismatch, certificate)),
              u"its certificate is that of 127.0.0.1, localhost"_s);
    EXPECT_TRUE(reasonOf(QSslError(QSslError::CertificateExpired, certificate))
                    .contains(QLocale().toString(certificate.expiryDate(), QLocale::ShortFormat)));
}

TEST_F(TrustTest, AHostThatTheUserNamedMayHaveAnyCertificateAndNoOther)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    FakeRegistry other(m_server.certificate, m_server.key);
    answer(tls);
    answer(other);
    m_options.insecureHosts = {tls.host()};
    EXPECT_TRUE(isOk(ask(tls)));
    EXPECT_TRUE(isError(ask(other), ErrorKind::Untrusted));
}

TEST_F(TrustTest, AnAuthorityOfTheUsersIsTrustedBesideTheSystems)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    answer(tls);
    m_options.caFile = m_server.certificate;
    EXPECT_TRUE(isOk(ask(tls)));
    const Result<QSslConfiguration> ssl = networkOf(m_options)->trust().configuration(QUrl(tls.url()), false);
    ASSERT_TRUE(isOk(ssl));
    const qsizetype system = QSslConfiguration::systemCaCertificates().size();
    EXPECT_GT(system, 0) << "the test machine has no authorities (ca-certificates)";
    EXPECT_EQ(ssl->caCertificates().size(), system + 1);
}

TEST_F(TrustTest, CertsDIsLookedUpByHostAndPort)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    answer(tls);
    lay(m_server.certificate, u"127.0.0.1"_s, u"ca.crt"_s);
    EXPECT_TRUE(isError(ask(tls), ErrorKind::Untrusted)) << "a folder without the port is for port 443";
    lay(m_server.certificate, tls.host(), u"ca.crt"_s);
    EXPECT_TRUE(isOk(ask(tls)));
}

TEST_F(TrustTest, TheFirstFolderForAHostCounts)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    answer(tls);
    m_options.certificateFolders.append(folder(u"second"_s));
    QDir().mkpath(m_options.certificateFolders.back() + u'/' + tls.host());
    ASSERT_TRUE(QFile::copy(m_server.certificate,
                            m_options.certificateFolders.back() + u'/' + tls.host() + u"/ca.crt"_s));
    EXPECT_TRUE(isOk(ask(tls)));
    lay(m_user.certificate, tls.host(), u"ca.crt"_s);
    EXPECT_TRUE(isError(ask(tls), ErrorKind::Untrusted)) << "the user's own folder hides the machine's";
}

TEST_F(TrustTest, TheUsersCertificateOpensARegistryThatWantsOne)
{
    FakeRegistry tls(m_server.certificate, m_server.key, FakeRegistry::Clients::MustShowCertificate,
                     m_user.certificate);
    answer(tls);
    m_options.caFile = m_server.certificate;
    m_options.certificateFile = m_user.certificate;
    m_options.keyFile = m_user.key;
    EXPECT_TRUE(isOk(ask(tls, true)));
    EXPECT_FALSE(ask(tls, false)) << "not for a host that the user does not talk to";
    EXPECT_EQ(tls.count("GET", "/x"), 1);
}

TEST_F(TrustTest, ACertificateOfCertsDIsForItsHostAlone)
{
    FakeRegistry tls(m_server.certificate, m_server.key, FakeRegistry::Clients::MustShowCertificate,
                     m_user.certificate);
    FakeRegistry other(m_server.certificate, m_server.key, FakeRegistry::Clients::MayShowCertificate,
                       m_user.certificate);
    answer(tls);
    answer(other);
    m_options.caFile = m_server.certificate;
    lay(m_user.certificate, tls.host(), u"client.cert"_s);
    lay(m_user.key, tls.host(), u"client.key"_s);
    EXPECT_TRUE(isOk(ask(tls)));
    EXPECT_TRUE(isOk(ask(other)));
    EXPECT_FALSE(other.requests().back().showedCertificate);
}

TEST_F(TrustTest, ARedirectLeavesTheUsersCertificateBehind)
{
    FakeRegistry registry(m_server.certificate, m_server.key, FakeRegistry::Clients::MayShowCertificate,
                          m_user.certificate);
    FakeRegistry store(m_server.certificate, m_server.key, FakeRegistry::Clients::MayShowCertificate,
                       m_user.certificate);
    registry.on("GET", "/x").reply(FakeReply::redirect(store.url(u"/blob"_s)));
    store.on("GET", "/blob").reply(FakeReply(200, "bytes"));
    m_options.caFile = m_server.certificate;
    m_options.certificateFile = m_user.certificate;
    m_options.keyFile = m_user.key;
    ASSERT_TRUE(isOk(ask(registry, true)));
    EXPECT_TRUE(registry.requests().back().showedCertificate);
    EXPECT_FALSE(store.requests().back().showedCertificate);
}

TEST_F(TrustTest, FilesThatCannotBeUsedAreToldBeforeAnythingRuns)
{
    const auto sentence = [](const HttpOptions &options) {
        const auto network = Network::create(options);
        EXPECT_TRUE(isError(network, ErrorKind::BadInput));
        return network ? QString() : network.error().sentence();
    };
    const QString empty = m_directory.filePath(u"empty.pem"_s);
    write(u"empty.pem"_s, "nothing");
    EXPECT_TRUE(sentence({.caFile = m_directory.filePath(u"none.pem"_s)}).contains(u"none.pem"_s));
    EXPECT_TRUE(sentence({.caFile = empty}).contains(u"empty.pem"_s));
    EXPECT_FALSE(sentence({.certificateFile = m_user.certificate}).isEmpty());
    EXPECT_FALSE(sentence({.keyFile = m_user.key}).isEmpty());
    EXPECT_TRUE(sentence({.certificateFile = empty, .keyFile = m_user.key}).contains(u"empty.pem"_s));
    EXPECT_TRUE(sentence({.certificateFile = m_user.certificate, .keyFile = empty}).contains(u"empty.pem"_s));
    EXPECT_TRUE(sentence({.certificateFile = m_user.certificate, .keyFile = m_server.key})
                    .contains(u"belongs to another"_s));
    const QString locked = m_directory.filePath(u"locked.pem"_s);
    const Outcome made = run(u"openssl"_s, {u"pkey"_s, u"-in"_s, m_user.key, u"-aes256"_s, u"-passout"_s,
                                            u"pass:word"_s, u"-out"_s, locked});
    ASSERT_EQ(made.exitStatus, 0) << made;
    EXPECT_TRUE(sentence({.certificateFile = m_user.certificate, .keyFile = locked}).contains(u"password"_s));
}

TEST_F(TrustTest, CertsDThatCannotBeUnderstoodIsAnErrorThatNamesTheFile)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    answer(tls);
    lay(m_user.certificate, tls.host(), u"client.cert"_s);
    const Result<HttpResponse> refused = ask(tls);
    ASSERT_TRUE(isError(refused, ErrorKind::BadInput));
    EXPECT_TRUE(refused.error().sentence().contains(u"client.key"_s));
}

} // namespace
} // namespace layerpool::test
