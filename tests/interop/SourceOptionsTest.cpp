// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"
#include "Workplace.h"

#include "support/FakeProxy.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"
#include "support/SampleImages.h"
#include "support/ServerProcess.h"

#include <gtest/gtest.h>

#include <QDir>

// The options that say whom to trust with what, as they are typed.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SourceOptionsTest : public testing::Test
{
protected:
    SourceOptionsTest() { m_place.write(u"images.txt"_s, "apps/one:v1\n"); }

    QString folder(const QString &name) const
    {
        EXPECT_TRUE(QDir().mkpath(m_place.path(name)));
        return m_place.path(name);
    }
    Outcome convert(const FakeRegistry &source, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, m_place.path(u"pool"_s), u"--list"_s,
                                       m_place.path(u"images.txt"_s), u"--source"_s, source.host(),
                                       u"--retries"_s, u"2"_s} +
                           more);
    }
    void expectThere() const
    {
        EXPECT_EQ(tagLink(m_place.path(u"pool"_s), u"apps/one"_s, u"v1"_s), m_image.root.toByteArray());
    }

    Workplace m_place;
    SampleRegistry m_samples{m_place.path(u"source"_s)};
    const Sample m_image = m_samples.add(u"apps/one"_s, u"v1"_s);
    const TestCertificate m_server{folder(u"server"_s)};
};

TEST_F(SourceOptionsTest, AnInsecureHostMayHaveAnyCertificate)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    tls.serve(m_samples.path());
    const Outcome refused = convert(tls);
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains("SHA-256")) << refused;
    EXPECT_TRUE(refused.err.contains("--insecure " + tls.host().toUtf8())) << refused;
    const Outcome another = convert(tls, {u"--insecure"_s, u"harbor.corp"_s});
    EXPECT_EQ(another.exitStatus, 4) << another;
    EXPECT_TRUE(tls.requests().empty());
    const Outcome taken = convert(tls, {u"--insecure"_s, tls.host()});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
}

TEST_F(SourceOptionsTest, AClientCertificateIsShownToWhoAsksForIt)
{
    const TestCertificate user{folder(u"user"_s)};
    FakeRegistry strict(m_server.certificate, m_server.key, FakeRegistry::Clients::MustShowCertificate,
                        user.certificate);
    strict.serve(m_samples.path());
    const QStringList trusting{u"--ca"_s, m_server.certificate};
    const Outcome without = convert(strict, trusting);
    EXPECT_EQ(without.exitStatus, 4) << without;
    const Outcome with =
        convert(strict, trusting + QStringList{u"--cert"_s, user.certificate, u"--key"_s, user.key});
    EXPECT_EQ(with.exitStatus, 0) << with;
    expectThere();
    for (const FakeRequest &request : strict.requests()) {
        EXPECT_TRUE(request.showedCertificate) << request.path.toStdString();
    }
    const Outcome keyless = convert(strict, trusting + QStringList{u"--cert"_s, user.certificate});
    EXPECT_EQ(keyless.exitStatus, 2) << keyless;
    EXPECT_TRUE(keyless.err.contains("--key")) << keyless;
}

TEST_F(SourceOptionsTest, ALoginServerOfAnotherSiteSeesThePasswordWhereItIsNamed)
{
    FakeRegistry login;
    login.on("GET", "/token").reply(FakeReply::token("a-token"));
    const QString realm = u"localhost:%1"_s.arg(login.port());
    FakeRegistry source;
    source.serve(m_samples.path());
    source.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == "Bearer a-token"
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Bearer realm=\"http://" + realm.toLatin1() +
                                                           "/token\",service=\"there\""));
    });
    const QStringList known{u"--authfile"_s,
                            m_place.write(u"auth.json"_s, authJson(source.host(), "ann:s3cret"))};
    const Outcome refused = convert(source, known);
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains("(--realm localhost)")) << refused;
    EXPECT_TRUE(login.requests().empty());
    const Outcome taken = convert(source, known + QStringList{u"--realm"_s, u"localhost"_s});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
    ASSERT_GE(login.count("GET", "/token"), 1);
    EXPECT_EQ(login.requests().front().header("Authorization"),
              "Basic " + QByteArray("ann:s3cret").toBase64());
}

// A name that is no loopback address, led to this machine by a proxy: plain HTTP has to be allowed for it.
TEST_F(SourceOptionsTest, PlainHttpIsForHostsThatAreNamed)
{
    FakeRegistry plain;
    plain.serve(m_samples.path());
    const FakeProxy proxy;
    const QString host = u"registry.corp:%1"_s.arg(plain.port());
    const auto from = [&](const QStringList &more) {
        return m_place.run(QStringList{u"convert"_s, m_place.path(u"pool"_s), u"--list"_s,
                                       m_place.path(u"images.txt"_s), u"--source"_s, host, u"--retries"_s,
                                       u"1"_s, u"--proxy"_s, proxy.url()} +
                           more);
    };
    const Outcome refused = from({});
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains(host.toUtf8())) << refused;
    const Outcome another = from({u"--insecure"_s, u"harbor.corp"_s});
    EXPECT_EQ(another.exitStatus, 4) << another;
    EXPECT_TRUE(plain.requests().empty()) << "nothing is said in the open";
    EXPECT_TRUE(proxy.passed().contains("CONNECT " + host.toUtf8())) << proxy.passed().join('\n').constData();

    const Outcome taken = from({u"--insecure"_s, host});
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
    EXPECT_TRUE(proxy.passed().contains("GET http://" + host.toUtf8() + "/v2/apps/one/manifests/v1"))
        << proxy.passed().join('\n').constData();
}

TEST_F(SourceOptionsTest, ALoginNeverFollowsFromHttpsToHttp)
{
    FakeRegistry plain;
    plain.serve(m_samples.path());
    FakeRegistry tls(m_server.certificate, m_server.key);
    tls.serve(m_samples.path());
    const QByteArray login = "Basic " + QByteArray("ann:s3cret").toBase64();
    tls.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == login
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Basic realm=\"here\""));
    });
    tls.on("GET", "/v2/apps/one/blobs/*").replyWith([&](const FakeRequest &request) {
        return FakeReply::redirect(plain.url(QString::fromLatin1(request.path)));
    });
    const Outcome outcome = convert(tls, {u"--ca"_s, m_server.certificate, u"--authfile"_s,
                                          m_place.write(u"auth.json"_s, authJson(tls.host(), "ann:s3cret"))});
    EXPECT_NE(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1")) << outcome;
    EXPECT_TRUE(outcome.err.contains("redirects to an unsafe address: it leads to http on")) << outcome;
    EXPECT_GE(tls.countBelow("GET", "/v2/apps/one/blobs/"), 1);
    EXPECT_TRUE(plain.requests().empty());
}

// The server speaks TLS 1.1 and nothing else; openssl's own client shows that it does.
TEST_F(SourceOptionsTest, AnOldTlsIsRefusedInASentence)
{
    const auto server = [&](const QString &version) {
        return ServerProcess({u"openssl"_s, [&, version](quint16 port, const QString &) {
                                  return QStringList{
                                      u"s_server"_s, u"-accept"_s,         QString::number(port),
                                      u"-cert"_s,    m_server.certificate, u"-key"_s,
                                      m_server.key,  u"-quiet"_s,          u"-www"_s,
                                      version,       u"-cipher"_s,         u"ALL:@SECLEVEL=0"_s};
                              }});
    };
    const auto ask = [&](const ServerProcess &at) {
        return m_place.run({u"convert"_s, m_place.path(u"pool"_s), u"--list"_s, m_place.path(u"images.txt"_s),
                            u"--source"_s, at.host(), u"--retries"_s, u"1"_s, u"--timeout"_s, u"2"_s,
                            u"--ca"_s, m_server.certificate});
    };
    const ServerProcess old = server(u"-tls1_1"_s);
    ASSERT_TRUE(old.isUp()) << old.log().toStdString();
    const Outcome speaks = run(u"openssl"_s, {u"s_client"_s, u"-connect"_s, old.host(), u"-tls1_1"_s,
                                              u"-cipher"_s, u"ALL:@SECLEVEL=0"_s});
    if (!speaks.out.contains("Protocol  : TLSv1.1")) {
        GTEST_SKIP() << "this OpenSSL cannot speak TLS 1.1 at all: " << speaks;
    }
    const Outcome refused = ask(old);
    EXPECT_EQ(refused.exitStatus, 4) << refused;
    EXPECT_TRUE(refused.err.contains("no secure connection") && refused.err.contains("speak no TLS 1.2"))
        << refused;

    const ServerProcess today = server(u"-tls1_2"_s);
    ASSERT_TRUE(today.isUp());
    const Outcome reached = ask(today);
    EXPECT_FALSE(reached.err.contains("no secure connection")) << reached;
}

// 300 kB a second of images of some 1.2 MB: a rate is a lower bound of the time, whatever the machine does.
TEST_F(SourceOptionsTest, TheRateThatIsTypedIsHeld)
{
    m_samples.add(u"apps/one"_s, u"large"_s, {.layers = 3, .layerBytes = 400'000, .sharedLayers = 0});
    m_place.write(u"images.txt"_s, "apps/one:large\n");
    FakeRegistry source;
    source.serve(m_samples.path());
    const Outcome outcome = convert(source, {u"--limit-rate"_s, u"300K"_s, u"--json"_s});
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    const QJsonObject result = outcome.result();
    const double bytes = result[u"bytes"_s][u"transferred"_s].toDouble();
    EXPECT_GE(bytes, 1'200'000);
    EXPECT_GE(result[u"seconds"_s].toDouble(), bytes / 300'000 * 0.7) << outcome;
    const Outcome wrong = convert(source, {u"--limit-rate"_s, u"fast"_s});
    EXPECT_EQ(wrong.exitStatus, 2) << wrong;
}

// The first layer falls silent: whoever has one transfer at a time asks for it again before the others.
TEST_F(SourceOptionsTest, TheJobsThatAreTypedAreHeld)
{
    m_samples.add(u"apps/one"_s, u"jobs"_s, {.layers = 4, .layerBytes = 40'000, .sharedLayers = 0});
    m_place.write(u"images.txt"_s, "apps/one:jobs\n");
    const auto layersAskedWith = [&](const QString &jobs) {
        FakeRegistry source;
        std::atomic_int blobs = 0;
        source.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
            const bool isFirstLayer =
                request.path.contains("/blobs/") && ++blobs == 2; // the config comes first
            return isFirstLayer ? std::optional(FakeReply::silence()) : std::nullopt;
        });
        source.serve(m_samples.path());
        QDir(m_place.path(u"pool"_s)).removeRecursively();
        const Outcome outcome = convert(source, {u"--jobs"_s, jobs, u"--timeout"_s, u"1"_s});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        QByteArrayList paths;
        for (const FakeRequest &request : source.requests()) {
            if (request.path.contains("/blobs/")) {
                paths << request.path;
            }
        }
        return paths;
    };
    const QByteArrayList one = layersAskedWith(u"1"_s);
    ASSERT_EQ(one.size(), 6) << "a config, four layers, and one again";
    EXPECT_EQ(one[1], one[2]);
    const QByteArrayList four = layersAskedWith(u"4"_s);
    ASSERT_EQ(four.size(), 6);
    EXPECT_NE(four[1], four[2]);
}

TEST_F(SourceOptionsTest, AProxyThatIsTypedIsAskedAndOneThatIsDownIsNotPassedBy)
{
    FakeRegistry tls(m_server.certificate, m_server.key);
    tls.serve(m_samples.path());
    const QString host = u"registry.corp:%1"_s.arg(tls.port());
    const auto through = [&](const QString &proxy) {
        return m_place.run({u"convert"_s, m_place.path(u"pool"_s), u"--list"_s, m_place.path(u"images.txt"_s),
                            u"--source"_s, host, u"--insecure"_s, host, u"--retries"_s, u"1"_s, u"--proxy"_s,
                            proxy});
    };
    const Outcome down = through(u"http://"_s + deadHost());
    EXPECT_EQ(down.exitStatus, 4) << down;
    EXPECT_TRUE(down.err.contains("proxy")) << down;
    const FakeProxy proxy;
    const Outcome taken = through(proxy.url());
    EXPECT_EQ(taken.exitStatus, 0) << taken;
    expectThere();
    EXPECT_TRUE(proxy.passed().contains("CONNECT " + host.toUtf8()));
}

} // namespace
} // namespace layerpool::test
