// SPDX-License-Identifier: Apache-2.0
#include "net/Proxies.h"

#include "core/net/NetTest.h"
#include "net/HttpClient.h"
#include "support/FakeProxy.h"
#include "support/FakeRegistry.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

QProcessEnvironment environment(const QMap<QString, QString> &variables)
{
    QProcessEnvironment made;
    for (auto variable = variables.begin(); variable != variables.end(); ++variable) {
        made.insert(variable.key(), *variable);
    }
    return made;
}

/// "HOST:PORT" of the proxy for a URL, "direct", or the error.
QString wayTo(const QString &url, const QMap<QString, QString> &variables, const QString &setting = {})
{
    const Result<Proxies> proxies = Proxies::create(setting, environment(variables));
    if (!proxies) {
        return proxies.error().sentence();
    }
    const Result<QNetworkProxy> proxy = proxies->proxyFor(QUrl(url));
    if (!proxy) {
        return proxy.error().sentence();
    }
    return proxy->type() == QNetworkProxy::NoProxy ? u"direct"_s : nameOf(*proxy);
}

TEST(Proxies, FollowTheEnvironmentBySchemeAndCase)
{
    EXPECT_EQ(wayTo(u"https://quay.io/v2/"_s, {}), u"direct"_s);
    EXPECT_EQ(wayTo(u"https://quay.io/v2/"_s, {{u"HTTPS_PROXY"_s, u"http://proxy.corp:3128"_s}}),
              u"proxy.corp:3128"_s);
    EXPECT_EQ(wayTo(u"https://quay.io/v2/"_s, {{u"https_proxy"_s, u"proxy.corp:3128/"_s}}),
              u"proxy.corp:3128"_s);
    EXPECT_EQ(wayTo(u"http://quay.io/v2/"_s, {{u"HTTPS_PROXY"_s, u"http://proxy.corp:3128"_s}}), u"direct"_s);
    EXPECT_EQ(wayTo(u"http://quay.io/v2/"_s, {{u"HTTP_PROXY"_s, u"http://proxy.corp"_s}}),
              u"proxy.corp:80"_s);
    EXPECT_EQ(wayTo(u"https://quay.io/v2/"_s,
                    {{u"all_proxy"_s, u"socks5://s:9"_s}, {u"HTTPS_PROXY"_s, u"http://p:1"_s}}),
              u"p:1"_s);
    EXPECT_EQ(wayTo(u"http://quay.io/v2/"_s, {{u"ALL_PROXY"_s, u"socks5h://s"_s}}), u"s:1080"_s);
}

TEST(Proxies, ASettingOfTheUsersWinsOverTheEnvironment)
{
    const QMap<QString, QString> variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}, {u"NO_PROXY"_s, u".lan"_s}};
    EXPECT_EQ(wayTo(u"https://quay.io/"_s, variables, u"none"_s), u"direct"_s);
    EXPECT_EQ(wayTo(u"https://quay.io/"_s, variables, u"http://own:2"_s), u"own:2"_s);
    EXPECT_EQ(wayTo(u"https://harbor.lan/"_s, variables, u"http://own:2"_s), u"direct"_s);
}

TEST(Proxies, ThisMachineIsNeverAskedOfAProxy)
{
    for (const QString &host : {u"127.0.0.1:5000"_s, u"localhost:5000"_s, u"127.8.8.8"_s, u"[::1]:5000"_s}) {
        EXPECT_EQ(wayTo(u"http://"_s + host, {}, u"http://p:1"_s), u"direct"_s) << host.toStdString();
    }
}

TEST(Proxies, AKindThatIsNotKnownIsAnErrorAndNoDirectConnection)
{
    const QString bad = wayTo(u"https://quay.io/"_s, {{u"HTTPS_PROXY"_s, u"https://name:canary@p:1"_s}});
    EXPECT_TRUE(bad.contains(u"https:// is no kind of proxy"_s)) << bad.toStdString();
    EXPECT_FALSE(bad.contains(u"canary"_s)) << bad.toStdString();
    for (const QString &setting :
         {u"https://p:1"_s, u"socks4://p:1"_s, u"ftp://p"_s, u"http://"_s, u"http://p:x"_s}) {
        EXPECT_TRUE(isError(Proxies::create(setting, {}), ErrorKind::BadInput)) << setting.toStdString();
    }
    EXPECT_EQ(wayTo(u"http://127.0.0.1:5000/"_s, {{u"ALL_PROXY"_s, u"https://p:1"_s}}), u"direct"_s)
        << "what is not needed does no harm";
}

TEST(NoProxy, KnowsTheUsualForms)
{
    const auto covers = [](const QString &list, const QString &url) {
        return NoProxy(list).covers(QUrl(url));
    };
    EXPECT_TRUE(covers(u"*"_s, u"https://quay.io"_s));
    EXPECT_TRUE(covers(u"a, corp.lan ,b"_s, u"https://corp.lan"_s));
    EXPECT_TRUE(covers(u"corp.lan"_s, u"https://harbor.CORP.lan"_s));
    EXPECT_FALSE(covers(u"corp.lan"_s, u"https://notcorp.lan"_s));
    EXPECT_TRUE(covers(u".corp.lan"_s, u"https://harbor.corp.lan"_s));
    EXPECT_FALSE(covers(u".corp.lan"_s, u"https://corp.lan"_s));
    EXPECT_TRUE(covers(u"*.corp.lan"_s, u"https://a.b.corp.lan"_s));
    EXPECT_TRUE(covers(u"corp.lan:5000"_s, u"https://corp.lan:5000"_s));
    EXPECT_FALSE(covers(u"corp.lan:5000"_s, u"https://corp.lan"_s));
    EXPECT_TRUE(covers(u"corp.lan:443"_s, u"https://corp.lan"_s));
    EXPECT_TRUE(covers(u"10.1.2.3"_s, u"http://10.1.2.3:5000"_s));
    EXPECT_FALSE(covers(u"10.1.2.3:80"_s, u"http://10.1.2.3:5000"_s));
    EXPECT_TRUE(covers(u"10.0.0.0/8"_s, u"http://10.1.2.3:5000"_s));
    EXPECT_FALSE(covers(u"10.0.0.0/8"_s, u"http://11.1.2.3"_s));
    EXPECT_TRUE(covers(u"fd00::/8"_s, u"http://[fd00::5]:5000"_s));
    EXPECT_TRUE(covers(u"fd00::5"_s, u"http://[fd00::5]:5000"_s));
    EXPECT_TRUE(covers(u"[fd00::5]:5000"_s, u"http://[fd00::5]:5000"_s));
    EXPECT_FALSE(covers(u",, :5000 /8 10.0.0.0/99 ."_s, u"https://quay.io"_s));
    EXPECT_FALSE(covers({}, u"https://quay.io"_s));
}

class ThroughProxyTest : public testing::Test
{
protected:
    HttpOptions options(const QString &proxy) const
    {
        HttpOptions options;
        options.tries = 2;
        options.idleSeconds = 5;
        options.proxy = proxy;
        options.insecureHosts = {u"registry.test"_s};
        return options;
    }

    static Result<HttpResponse> ask(const HttpOptions &options, const QString &scheme, quint16 port)
    {
        HttpRequest request;
        request.url = QUrl(u"%1://registry.test:%2/x"_s.arg(scheme).arg(port));
        HttpClient client(networkOf(options), CancelToken());
        return client.send(request);
    }

    QTemporaryDir m_directory;
    TestCertificate m_certificate{m_directory.path()};
};

TEST_F(ThroughProxyTest, HttpsGoesThroughATunnelAndHttpAsAWholeAddress)
{
    const FakeProxy proxy;
    FakeRegistry plain;
    FakeRegistry tls(m_certificate.certificate, m_certificate.key);
    plain.on("GET", "/x").reply(FakeReply(200, "plain"));
    tls.on("GET", "/x").reply(FakeReply(200, "tls"));
    const Result<HttpResponse> secure = ask(options(proxy.url()), u"https"_s, tls.port());
    ASSERT_TRUE(isOk(secure));
    EXPECT_EQ(secure->body, "tls");
    const Result<HttpResponse> open = ask(options(proxy.url()), u"http"_s, plain.port());
    ASSERT_TRUE(isOk(open));
    EXPECT_EQ(open->body, "plain");
    EXPECT_EQ(proxy.passed(),
              (QByteArrayList{"CONNECT registry.test:" + QByteArray::number(tls.port()),
                              "GET http://registry.test:" + QByteArray::number(plain.port()) + "/x"}));
}

TEST_F(ThroughProxyTest, ALoginForTheProxyGoesToTheProxyAlone)
{
    const FakeProxy proxy("alice:canary");
    FakeRegistry plain;
    FakeRegistry tls(m_certificate.certificate, m_certificate.key);
    plain.on("GET", "/x").reply(FakeReply(200));
    tls.on("GET", "/x").reply(FakeReply(200));
    const HttpOptions login = options(proxy.url(u"alice:canary"_s));
    EXPECT_TRUE(isOk(ask(login, u"https"_s, tls.port())));
    EXPECT_TRUE(isOk(ask(login, u"http"_s, plain.port())));
    EXPECT_EQ(proxy.passed().size(), 2);
    for (const QByteArray &name : tls.requests().front().headers.keys()) {
        EXPECT_FALSE(tls.requests().front().header(name).contains("YWxpY2U6Y2FuYXJ5")) << name.toStdString();
    }
}

TEST_F(ThroughProxyTest, AProxyThatAsksForALoginIsToldInOneSentence)
{
    const FakeProxy proxy("alice:canary");
    FakeRegistry plain;
    FakeRegistry tls(m_certificate.certificate, m_certificate.key);
    for (const auto &[scheme, port] :
         {std::pair(u"https"_s, tls.port()), std::pair(u"http"_s, plain.port())}) {
        for (const QString &login : {QString(), u"alice:wrong"_s}) {
            const Result<HttpResponse> refused = ask(options(proxy.url(login)), scheme, port);
            ASSERT_TRUE(isError(refused, ErrorKind::Denied)) << scheme.toStdString();
            EXPECT_TRUE(refused.error().why.contains(u"proxy asks for a login"_s));
            EXPECT_FALSE(refused.error().sentence().contains(u"wrong"_s));
        }
    }
    EXPECT_TRUE(plain.requests().empty());
    EXPECT_TRUE(tls.requests().empty());
}

TEST_F(ThroughProxyTest, AProxyThatIsDownIsNotPassedBy)
{
    quint16 closed = 0;
    {
        const FakeProxy gone;
        closed = gone.port();
    }
    FakeRegistry plain;
    const Result<HttpResponse> refused =
        ask(options(u"http://127.0.0.1:%1"_s.arg(closed)), u"http"_s, plain.port());
    ASSERT_TRUE(isError(refused, ErrorKind::Unreachable));
    EXPECT_TRUE(refused.error().why.contains(u"proxy"_s)) << refused.error().sentence().toStdString();
}

} // namespace
} // namespace layerpool::test
