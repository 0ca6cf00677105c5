// SPDX-License-Identifier: Apache-2.0
#include "support/FakeRegistry.h"

#include "base/Digester.h"
#include "support/PlainHttp.h"
#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class FakeRegistryTest : public testing::Test
{
protected:
    PlainReply get(const QByteArray &path, const QHash<QByteArray, QByteArray> &headers = {},
                   int timeoutMs = 10'000)
    {
        return plainRequest("GET", m_fake.port(), path, headers, {}, timeoutMs);
    }

    FakeRegistry m_fake;
};

TEST_F(FakeRegistryTest, AnswersAsScriptedAndRemembersWhatItWasAsked)
{
    m_fake.on("GET", "/v2/x/manifests/t").reply(FakeReply(503)).times(2).thenReply(FakeReply(200, "body"));
    EXPECT_EQ(get("/v2/x/manifests/t?n=1", {{"X-Test", "a"}}).status, 503);
    EXPECT_EQ(get("/v2/x/manifests/t").status, 503);
    EXPECT_EQ(get("/v2/x/manifests/t").body, "body");
    EXPECT_EQ(get("/v2/x/manifests/t").body, "body");
    const auto requests = m_fake.requests("GET", "/v2/x/manifests/t");
    ASSERT_EQ(requests.size(), 4U);
    EXPECT_EQ(requests[0].query, "n=1");
    EXPECT_EQ(requests[0].header("x-test"), "a");
    EXPECT_EQ(requests[3].attempt, 4);
    EXPECT_EQ(requests[3].connection, 4);
}

TEST_F(FakeRegistryTest, TheLongestPatternWinsAndNothingIsA404)
{
    m_fake.on("GET", "/a/*").reply(FakeReply(201));
    m_fake.on("GET", "/a/b/*").reply(FakeReply(202));
    m_fake.on("GET", "/a/b/c").reply(FakeReply(203));
    EXPECT_EQ(get("/a/x").status, 201);
    EXPECT_EQ(get("/a/b/x").status, 202);
    EXPECT_EQ(get("/a/b/c").status, 203);
    m_fake.on("GET", "/b").thenAsUsual();
    EXPECT_EQ(get("/b").status, 404);
}

TEST_F(FakeRegistryTest, CutsBodiesAndLiesAboutLengths)
{
    m_fake.on("GET", "/cut").reply(FakeReply(200, "0123456789").cutAfter(4));
    const PlainReply cut = get("/cut");
    EXPECT_EQ(cut.headers.value("content-length"), "10");
    EXPECT_EQ(cut.body, "0123");
    m_fake.on("GET", "/long").reply(FakeReply(200, "0123456789").claimsLength(3));
    const PlainReply tooLong = get("/long");
    EXPECT_EQ(tooLong.headers.value("content-length"), "3");
    EXPECT_GE(tooLong.body.size(), 3);
    m_fake.on("GET", "/gone").reply(FakeReply::hangUp());
    EXPECT_EQ(get("/gone").status, 0);
    m_fake.on("GET", "/chunks").reply(FakeReply(200, "0123456789").chunked().trickle(4, 1));
    EXPECT_EQ(get("/chunks", {}, 300).body, "4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n");
}

TEST_F(FakeRegistryTest, ResetsAfterWhatItSent)
{
    m_fake.on("GET", "/reset").reply(FakeReply(200, "0123456789").resetAfter(4));
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_fake.port());
    socket.write("GET /reset HTTP/1.1\r\n\r\n");
    while (socket.waitForReadyRead(5000)) {
    }
    EXPECT_TRUE(socket.readAll().endsWith("0123"));
    EXPECT_NE(socket.state(), QAbstractSocket::ConnectedState);
}

TEST_F(FakeRegistryTest, StallsWithTheConnectionOpen)
{
    m_fake.on("GET", "/stall").reply(FakeReply(200, "0123456789").stallAfter(4));
    QElapsedTimer timer;
    timer.start();
    EXPECT_EQ(get("/stall", {}, 300).body, "0123");
    EXPECT_GE(timer.elapsed(), 290);
    m_fake.on("GET", "/silence").reply(FakeReply::silence());
    EXPECT_EQ(get("/silence", {}, 200).status, 0);
}

TEST_F(FakeRegistryTest, HonoursRangeOnlyWhereItIsTold)
{
    m_fake.on("GET", "/with").reply(FakeReply(200, "0123456789").honoursRange());
    m_fake.on("GET", "/without").reply(FakeReply(200, "0123456789"));
    const PlainReply part = get("/with", {{"Range", "bytes=7-"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.headers.value("content-range"), "bytes 7-9/10");
    EXPECT_EQ(part.body, "789");
    EXPECT_EQ(get("/with", {{"Range", "bytes=10-"}}).status, 416);
    EXPECT_EQ(get("/without", {{"Range", "bytes=7-"}}).body, "0123456789");
}

TEST_F(FakeRegistryTest, CountsTheBytesOfABodyAndMayAnswerBeforeThem)
{
    const QByteArray body(3'000'000, 'x');
    m_fake.on("PUT", "/early").reply(FakeReply(401).beforeBody());
    m_fake.on("PUT", "/late").reply(FakeReply(201));
    EXPECT_EQ(plainRequest("PUT", m_fake.port(), "/late", {}, body).status, 201);
    EXPECT_EQ(m_fake.requests("PUT", "/late").at(0).bodyLength, body.size());
    EXPECT_EQ(plainRequest("PUT", m_fake.port(), "/early", {}, "small").status, 401);
}

TEST_F(FakeRegistryTest, ServesAStorageDirectoryLikeTheStockRegistry)
{
    const QTemporaryDir directory;
    SampleRegistry samples(directory.path());
    const Sample sample = samples.add(u"a/b"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    m_fake.serve(directory.path());
    const PlainReply root = get("/v2/a/b/manifests/v1");
    EXPECT_EQ(root.body, sample.bytes);
    EXPECT_EQ(root.headers.value("content-type"), sample.mediaType);
    EXPECT_EQ(get("/v2/a/b/manifests/" + sample.amd64().digest.toByteArray()).body, sample.amd64().bytes);
    const Digest layer = sample.amd64().layers.front();
    EXPECT_EQ(Digester::of(get("/v2/a/b/blobs/" + layer.toByteArray()).body), layer);
    EXPECT_EQ(get("/v2/c/d/blobs/" + layer.toByteArray()).status, 404);
    EXPECT_EQ(get("/v2/a/b/tags/list").body, R"({"name":"a/b","tags":["v1"]})");
}

TEST_F(FakeRegistryTest, TakesPushesAndChecksThem)
{
    m_fake.acceptPushes();
    const QByteArray digest = Digester::of("layer").toByteArray();
    const auto send = [this](const QByteArray &method, const QByteArray &target, const QByteArray &body) {
        return plainRequest(method, m_fake.port(), target, {}, body);
    };
    const PlainReply opened = send("POST", "/v2/a/b/blobs/uploads/", {});
    ASSERT_EQ(opened.status, 202);
    const QByteArray location = opened.headers.value("location");
    EXPECT_EQ(send("PATCH", location, "lay").headers.value("range"), "0-2");
    EXPECT_EQ(send("PUT", location + "&digest=sha256:" + QByteArray(64, '0'), {}).status, 400);
    EXPECT_EQ(send("PUT", location + "&digest=" + digest, "er").status, 201);
    EXPECT_EQ(send("GET", "/v2/a/b/blobs/" + digest, {}).body, "layer");
    EXPECT_EQ(send("POST", "/v2/c/d/blobs/uploads/?from=a/b&mount=" + digest, {}).status, 201);
    EXPECT_EQ(send("PUT", "/v2/a/b/manifests/t", "{}").status, 400);
}

TEST(FakeRegistryTls, SpeaksTlsWithItsOwnCertificate)
{
    const QTemporaryDir directory;
    const TestCertificate certificate(directory.path());
    FakeRegistry fake(certificate.certificate, certificate.key);
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, fake.port());
    ASSERT_TRUE(socket.waitForEncrypted(5000)) << socket.errorString().toStdString();
    socket.write("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(socket.waitForReadyRead(5000));
    EXPECT_TRUE(socket.readAll().startsWith("HTTP/1.1 200"));
}

} // namespace
} // namespace layerpool::test
