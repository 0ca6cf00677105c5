// SPDX-License-Identifier: Apache-2.0
#include "net/HttpClient.h"

#include "core/net/NetTest.h"
#include "support/FakeRegistry.h"

#include <QBuffer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <thread>

namespace layerpool::test {
namespace {

class HttpClientTest : public testing::Test
{
protected:
    HttpRequest get(const QString &path) const
    {
        HttpRequest request;
        request.url = QUrl(m_fake.url(path));
        return request;
    }

    FakeRegistry m_fake;
    CancelToken m_cancel;
    HttpClient m_client{networkOf({.tries = 3, .idleSeconds = 1}), m_cancel};
};

TEST_F(HttpClientTest, AnyStatusIsAnAnswer)
{
    m_fake.on("GET", "/x").reply(FakeReply(404, "gone"));
    const Result<HttpResponse> response = m_client.send(get(QStringLiteral("/x")));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(response->body, "gone");
}

TEST_F(HttpClientTest, SendsNothingItWasNotAskedTo)
{
    m_fake.on("GET", "/x").reply(FakeReply(200));
    ASSERT_TRUE(m_client.send(get(QStringLiteral("/x"))));
    const FakeRequest request = m_fake.requests().back();
    EXPECT_EQ(request.header("Accept-Encoding"), "identity");
    EXPECT_TRUE(request.header("User-Agent").startsWith("layerpool/"));
    EXPECT_EQ(request.header("Accept-Language"), "*") << "not the user's language";
    EXPECT_FALSE(request.hasHeader("Cookie"));
}

TEST_F(HttpClientTest, TriesAgainWhatMayPass)
{
    m_fake.on("GET", "/x")
        .reply(FakeReply(503).header("Retry-After", "0"))
        .thenReply(FakeReply::hangUp())
        .thenReply(FakeReply(200, "ok"));
    const Result<HttpResponse> response = m_client.send(get(QStringLiteral("/x")));
    ASSERT_TRUE(response) << response.error().sentence().toStdString();
    EXPECT_EQ(response->body, "ok");
    EXPECT_EQ(m_fake.count("GET", "/x"), 3);
}

TEST_F(HttpClientTest, TriesNoMoreOftenThanAllowed)
{
    m_fake.on("GET", "/x").reply(FakeReply(503).header("Retry-After", "0"));
    const Result<HttpResponse> response = m_client.send(get(QStringLiteral("/x")));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 503);
    EXPECT_EQ(m_fake.count("GET", "/x"), 3);
}

TEST_F(HttpClientTest, ALoginStaysWithItsOrigin)
{
    FakeRegistry elsewhere;
    elsewhere.on("GET", "/blob").reply(FakeReply(200, "bytes"));
    m_fake.on("GET", "/x").reply(FakeReply::redirect(QStringLiteral("/y")));
    m_fake.on("GET", "/y").reply(FakeReply::redirect(elsewhere.url(QStringLiteral("/blob"))));
    HttpRequest request = get(QStringLiteral("/x"));
    request.authorization = "Bearer canary";
    const Result<HttpResponse> response = m_client.send(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "bytes");
    EXPECT_EQ(m_fake.requests("GET", "/y").front().header("Authorization"), "Bearer canary");
    EXPECT_FALSE(elsewhere.requests().front().hasHeader("Authorization"));
}

TEST_F(HttpClientTest, ARedirectMayNotLeadAnywhere)
{
    m_fake.on("GET", "/ftp").reply(FakeReply::redirect(QStringLiteral("ftp://127.0.0.1/x")));
    m_fake.on("GET", "/user").reply(FakeReply::redirect(QStringLiteral("http://name:word@127.0.0.1/x")));
    m_fake.on("GET", "/circle").reply(FakeReply::redirect(QStringLiteral("/circle")));
    EXPECT_EQ(m_client.send(get(QStringLiteral("/ftp"))).error().kind, ErrorKind::Untrusted);
    EXPECT_EQ(m_client.send(get(QStringLiteral("/user"))).error().kind, ErrorKind::Untrusted);
    EXPECT_EQ(m_client.send(get(QStringLiteral("/circle"))).error().kind, ErrorKind::Server);
    EXPECT_LE(m_fake.count("GET", "/circle"), 11);
}

TEST_F(HttpClientTest, HttpsNeverBecomesHttp)
{
    const QTemporaryDir directory;
    const TestCertificate own(directory.path());
    FakeRegistry secure(own.certificate, own.key);
    m_fake.on("GET", "/y").reply(FakeReply(200, "plain"));
    secure.on("GET", "/x").reply(FakeReply::redirect(m_fake.url(QStringLiteral("/y"))));
    HttpRequest request;
    request.url = QUrl(secure.url(QStringLiteral("/x")));
    request.authorization = "Bearer canary";
    HttpClient client(networkOf({.tries = 1, .idleSeconds = 5, .caFile = own.certificate}), m_cancel);
    const Result<HttpResponse> response = client.send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Untrusted);
    EXPECT_EQ(m_fake.count("GET", "/y"), 0);
}

TEST_F(HttpClientTest, StreamsABodyAndKeepsWhatCameOfACutOne)
{
    const QByteArray bytes(300'000, 'x');
    m_fake.on("GET", "/blob").reply(FakeReply(200, bytes).cutAfter(200'000));
    QByteArray received;
    const Result<HttpResponse> response =
        m_client.download(get(QStringLiteral("/blob")), {}, [&](QByteArrayView piece) {
            received += piece;
            return Status();
        });
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
    EXPECT_GT(received.size(), 0);
    EXPECT_LE(received.size(), 200'000);
}

TEST_F(HttpClientTest, AnErrorOfTheReceiverEndsTheTransfer)
{
    m_fake.on("GET", "/blob").reply(FakeReply(200, QByteArray(5'000'000, 'x')));
    const Result<HttpResponse> response =
        m_client.download(get(QStringLiteral("/blob")), {}, [](QByteArrayView) {
            return Status(Error{ErrorKind::NoSpace, QStringLiteral("full"), {}, {}});
        });
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::NoSpace);
}

TEST_F(HttpClientTest, SilenceEndsAConnection)
{
    m_fake.on("GET", "/x").reply(FakeReply(200, QByteArray(1000, 'x')).stallAfter(10));
    const Result<HttpResponse> response =
        m_client.download(get(QStringLiteral("/x")), {}, [](QByteArrayView) { return Status(); });
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

TEST_F(HttpClientTest, CancelIsHeardWhileNothingComes)
{
    m_fake.on("GET", "/x").reply(FakeReply::silence());
    HttpClient patient(networkOf({.tries = 1, .idleSeconds = 3600}), m_cancel);
    std::thread other([this] {
        while (m_fake.count("GET", "/x") == 0) {
            std::this_thread::yield();
        }
        m_cancel.cancel();
    });
    const Result<HttpResponse> response = patient.send(get(QStringLiteral("/x")));
    other.join();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Cancelled);
}

TEST_F(HttpClientTest, AnAnswerTooLongForMemoryIsRefused)
{
    m_fake.on("GET", "/x").reply(FakeReply(200, QByteArray(100'000, 'x')));
    EXPECT_EQ(m_client.send(get(QStringLiteral("/x"))).error().kind, ErrorKind::Corrupt);
    m_fake.on("GET", "/error").reply(FakeReply(403, QByteArray(100'000, 'x')));
    const Result<HttpResponse> page = m_client.send(get(QStringLiteral("/error")));
    ASSERT_TRUE(page) << "of an error page the beginning is enough";
    EXPECT_LE(page->body.size(), 64 * 1024);
}

TEST_F(HttpClientTest, SendsABodyFromADevice)
{
    m_fake.on("PUT", "/x").reply(FakeReply(201));
    QByteArray bytes(2'000'000, 'x');
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    HttpRequest request = get(QStringLiteral("/x"));
    request.verb = "PUT";
    request.bodyDevice = &body;
    request.bodyLength = body.size();
    const Result<HttpResponse> response = m_client.send(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(m_fake.requests("PUT", "/x").front().bodyLength, bytes.size());
}

TEST_F(HttpClientTest, MessagesHoldNoQuery)
{
    HttpRequest request = get(QStringLiteral("/x?signature=canary"));
    request.url.setPort(1);
    const Result<HttpResponse> response = m_client.send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
    EXPECT_FALSE(response.error().sentence().contains(QStringLiteral("canary")));
}

} // namespace
} // namespace layerpool::test
