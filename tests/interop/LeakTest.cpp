// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "base/Digester.h"
#include "support/FakeRegistry.h"
#include "support/Logins.h"
#include "support/SampleImages.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

const QByteArray kCanary = "canary-p4ssw0rd";
const QByteArray kToken = "canary-t0k3n";
const QByteArray kLogin = "ann:" + kCanary;

// A registry that wants a login, and another origin to which it sends whatever it can. Nothing of the login
// may come there, nor be seen in anything that the program leaves behind.
class LeakTest : public testing::Test
{
protected:
    LeakTest() : m_image(m_samples.add(u"apps/one"_s, u"v1"_s))
    {
        m_registry.serve(m_samples.path());
        m_elsewhere.serve(m_samples.path());
        m_place.write(u"images.txt"_s, "apps/one:v1\n");
        m_place.write(u"auth.json"_s, authJson(m_registry.host(), kLogin));
    }

    /// From now on the registry asks for a token, which this realm gives for the login.
    void wantTokens(const QByteArray &realm)
    {
        m_registry.on("GET", "/token").reply(FakeReply::token(kToken));
        m_registry.intercept([realm](const FakeRequest &request) -> std::optional<FakeReply> {
            const bool isOpen =
                request.path == "/token" || request.header("Authorization") == "Bearer " + kToken;
            return isOpen ? std::nullopt
                          : std::optional(FakeReply::unauthorized("Bearer realm=\"" + realm + "\""));
        });
    }
    void wantTokens() { wantTokens(m_registry.url(u"/token"_s).toLatin1()); }
    void wantBasic(const QByteArray &login = kLogin)
    {
        m_registry.intercept([login](const FakeRequest &request) -> std::optional<FakeReply> {
            return request.header("Authorization") == "Basic " + login.toBase64()
                       ? std::nullopt
                       : std::optional(FakeReply::unauthorized("Basic realm=\"here\""));
        });
    }

    QStringList words(const QStringList &command) const
    {
        return command + QStringList{u"--authfile"_s, m_place.path(u"auth.json"_s),
                                     u"--log"_s,      m_place.path(u"log.txt"_s),
                                     u"--failed"_s,   m_place.path(u"failed.txt"_s),
                                     u"--timeout"_s,  u"2"_s,
                                     u"--retries"_s,  u"2"_s};
    }
    QStringList convertWords(const QStringList &more = {}) const
    {
        return words(QStringList{u"convert"_s, m_place.path(u"pool"_s), u"--list"_s,
                                 m_place.path(u"images.txt"_s), u"--source"_s, m_registry.host()} +
                     more);
    }
    Outcome convert(const QStringList &more = {}) { return judged(m_place.run(convertWords(more))); }
    Outcome judged(Outcome outcome)
    {
        expectClean("standard output", outcome.out);
        expectClean("standard error", outcome.err);
        return outcome;
    }

    void TearDown() override
    {
        for (const FakeRequest &request : m_elsewhere.requests()) {
            EXPECT_FALSE(request.hasHeader("Authorization")) << request.path.toStdString();
            expectClean("a path elsewhere", request.path + '?' + request.query);
            expectClean("a body elsewhere", request.body);
            for (const QByteArray &value : request.headers) {
                expectClean("a header elsewhere", value);
            }
        }
        for (const FakeRequest &request : m_registry.requests()) {
            expectClean("an address at the registry", request.path + '?' + request.query);
        }
        for (const auto &[path, bytes] : treeOf(m_place.path(QString()))) {
            if (path != u"auth.json"_s) {
                expectClean(path.toUtf8(), bytes);
            }
        }
        for (const auto &[path, bytes] : treeOf(m_place.cli().home())) {
            expectClean("the home's " + path.toUtf8(), bytes);
        }
    }

    static void expectClean(const QByteArray &where, const QByteArray &bytes)
    {
        for (const QByteArray &secret : {kCanary, kToken, kLogin.toBase64(), kCanary.toBase64(),
                                         kCanary.toPercentEncoding(), kToken.toBase64()}) {
            EXPECT_FALSE(bytes.contains(secret)) << where.toStdString() << " holds " << secret.toStdString();
        }
    }

    static QByteArray readFile(const QString &path)
    {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll();
    }
    QByteArray layerPath() const
    {
        return "/v2/apps/one/blobs/" + m_image.amd64().layers.back().toByteArray();
    }

    Workplace m_place;
    SampleRegistry m_samples{m_place.path(u"source"_s)};
    const Sample m_image;
    FakeRegistry m_registry;
    FakeRegistry m_elsewhere;
};

TEST_F(LeakTest, ABlobThatIsRedirected)
{
    wantTokens();
    m_registry.on("GET", layerPath())
        .reply(FakeReply::redirect(m_elsewhere.url(QString::fromLatin1(layerPath())) + u"?signed=1"_s));
    const Outcome outcome = convert({u"--json"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(m_elsewhere.count("GET", layerPath()), 1);
}

TEST_F(LeakTest, ABlobThatIsRedirectedUnderABasicLogin)
{
    wantBasic();
    m_registry.on("GET", layerPath())
        .reply(FakeReply::redirect(m_elsewhere.url(QString::fromLatin1(layerPath()))));
    const Outcome outcome = convert();
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(m_elsewhere.count("GET", layerPath()), 1);
}

TEST_F(LeakTest, AManifestThatIsRedirected)
{
    wantTokens();
    m_registry.on("GET", "/v2/apps/one/manifests/v1")
        .reply(FakeReply::redirect(m_elsewhere.url(u"/v2/apps/one/manifests/v1"_s)));
    const Outcome outcome = convert();
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(m_elsewhere.count("GET", "/v2/apps/one/manifests/v1"), 1);
}

TEST_F(LeakTest, APageOfTagsThatLiesElsewhere)
{
    wantTokens();
    m_place.write(u"images.txt"_s, "apps/one:v*\n");
    m_registry.on("GET", "/v2/apps/one/tags/list")
        .reply(FakeReply::json(200, R"({"name":"apps/one","tags":["v1"]})")
                   .header("Link", "<" + m_elsewhere.url(u"/more"_s).toLatin1() + ">; rel=\"next\""));
    m_elsewhere.on("GET", "/more").reply(FakeReply::json(200, R"({"name":"apps/one","tags":[]})"));
    const Outcome outcome = convert();
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_GE(m_elsewhere.count("GET", "/more"), 1);
}

TEST_F(LeakTest, AForeignLayer)
{
    wantTokens();
    const QByteArray config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}";
    const QByteArray layer(2000, 'f');
    const QByteArray configDigest = Digester::of(config).toByteArray();
    const QByteArray layerDigest = Digester::of(layer).toByteArray();
    const QByteArray type = "application/vnd.docker.distribution.manifest.v2+json";
    const QByteArray manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"" + type +
        "\",\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"size\":" +
        QByteArray::number(config.size()) + ",\"digest\":\"" + configDigest +
        "\"},\"layers\":[{\"mediaType\":\"application/"
        "vnd.docker.image.rootfs.foreign.diff.tar.gzip\",\"size\":2000,"
        "\"digest\":\"" +
        layerDigest + "\",\"urls\":[\"" + m_elsewhere.url(u"/vendor"_s).toLatin1() + "\"]}]}";
    m_registry.on("GET", "/v2/apps/foreign/manifests/v1").reply(FakeReply::manifest(manifest, type));
    m_registry.on("GET", "/v2/apps/foreign/blobs/" + configDigest).reply(FakeReply::blob(config));
    m_elsewhere.on("GET", "/vendor").reply(FakeReply::blob(layer));
    m_place.write(u"images.txt"_s, "apps/foreign:v1\n");
    const Outcome outcome = convert({u"--foreign-layers"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(m_elsewhere.count("GET", "/vendor"), 1);
}

TEST_F(LeakTest, ARealmOfAnotherSite)
{
    wantTokens("http://localhost:" + QByteArray::number(m_elsewhere.port()) + "/token");
    const Outcome outcome = convert();
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains("wants its password sent to localhost")) << outcome;
    EXPECT_TRUE(m_elsewhere.requests().empty());
}

TEST_F(LeakTest, AnUploadThatIsSentElsewhere)
{
    ASSERT_EQ(convert().exitStatus, 0);
    m_registry.forgetRequests();
    wantTokens();
    m_registry.acceptPushes();
    m_registry.on("POST", "/v2/far/apps/one/blobs/uploads/")
        .reply(FakeReply(202).header("Location", m_elsewhere.url(u"/upload"_s).toLatin1()));
    m_elsewhere.on("PUT", "/upload").reply(FakeReply(201));
    const Outcome outcome = judged(
        m_place.run(words({u"push"_s, m_place.path(u"pool"_s), m_registry.host() + u"/far"_s, u"--json"_s})));
    EXPECT_EQ(outcome.exitStatus, 1) << "what went elsewhere never came to the registry: " << outcome;
    EXPECT_GE(m_elsewhere.count("PUT", "/upload"), 1);
}

TEST_F(LeakTest, AWrongPassword)
{
    wantBasic("ann:another");
    const Outcome outcome = convert();
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains("refused the login")) << outcome;
}

// The password of one registry is known, and a proxy's stands in the environment, when another's helper is
// asked.
TEST_F(LeakTest, TheProcessAndItsHelpers)
{
    constexpr char helper[] = "docker-credential-spy";
    const QByteArray proxyPassword = "canary-pr0xy";
    std::atomic<bool> isSignedIn = false;
    m_registry.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        if (request.header("Authorization") != "Basic " + kLogin.toBase64()) {
            return FakeReply::unauthorized("Basic realm=\"here\"");
        }
        isSignedIn = true;
        return std::nullopt;
    });
    m_registry.on("GET", layerPath()).reply(FakeReply::silence());
    FakeRegistry second;
    second.serve(m_samples.path());
    const QByteArray secondLogin = "Basic " + QByteArray("bea:another").toBase64();
    second.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        const QDeadlineTimer deadline(20'000);
        while (!isSignedIn && !deadline.hasExpired()) {
            std::this_thread::yield();
        }
        return request.header("Authorization") == secondLogin
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Basic realm=\"there\""));
    });
    const QString spied = m_place.path(u"spied"_s);
    ASSERT_TRUE(QDir().mkpath(m_place.path(u"bin"_s)));
    const QString script =
        m_place.write(u"bin/"_s + QLatin1StringView(helper),
                      "#!/bin/sh\ncat /proc/$$/environ /proc/$$/cmdline >>" + spied.toUtf8() +
                          "\necho '{\"Username\":\"bea\",\"Secret\":\"another\"}'\n");
    ASSERT_TRUE(QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_place.write(u"auth.json"_s, authJson(m_registry.host(), kLogin).chopped(1) + ",\"credHelpers\":{\"" +
                                      second.host().toUtf8() + "\":\"spy\"}}");
    m_place.write(u"images.txt"_s,
                  m_registry.host().toUtf8() + "/apps/one:v1\n" + second.host().toUtf8() + "/apps/two:v1\n");
    m_samples.add(u"apps/two"_s, u"v1"_s);
    const QString proxy = u"http://op:%1@127.0.0.1:9"_s.arg(QString::fromLatin1(proxyPassword));
    const auto running = m_place.cli().start(
        convertWords(),
        {.environment = {{u"PATH"_s, m_place.path(u"bin"_s) + u':' + qEnvironmentVariable("PATH")},
                         {u"HTTP_PROXY"_s, proxy},
                         {u"https_proxy"_s, proxy}}});
    const QDeadlineTimer deadline(20'000);
    while (m_registry.count("GET", layerPath()) == 0 && !deadline.hasExpired()) {
        std::this_thread::yield();
    }
    ASSERT_GE(m_registry.count("GET", layerPath()), 1) << running->wait(100);
    const QString process = u"/proc/%1/"_s.arg(running->processId());
    const QByteArray line = readFile(process + u"cmdline"_s);
    EXPECT_TRUE(line.contains("convert"));
    expectClean("the command line", line);
    expectClean("the environment", readFile(process + u"environ"_s));
    EXPECT_TRUE(readFile(process + u"limits"_s).contains("Max core file size        0 "));
    running->interrupt();
    const Outcome outcome = judged(running->wait());

    const QByteArray seen = readFile(spied);
    EXPECT_TRUE(seen.contains(helper)) << outcome;
    expectClean("the helper's command line and environment", seen);
    EXPECT_FALSE(seen.contains(proxyPassword));
    EXPECT_FALSE((outcome.out + outcome.err + readFile(m_place.path(u"log.txt"_s))).contains(proxyPassword));
}

} // namespace
} // namespace layerpool::test
