// SPDX-License-Identifier: Apache-2.0
#include "core/net/NetTest.h"
#include "net/HttpClient.h"
#include "net/Pace.h"
#include "support/FakeRegistry.h"

#include <QBuffer>

// What a registry does between the last byte of a body and its answer takes longer than any silence may.

namespace layerpool::test {
namespace {

constexpr int kLateMs = 1500; // and the client's patience with silence is one second
constexpr qint64 kLarge = 5 * Pace::leastCommittedPerSecond;
constexpr qint64 kHuge = 10'000 * Pace::leastCommittedPerSecond;

class AnswerWaitTest : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(m_body.open(QIODevice::ReadOnly)); }

    Result<HttpResponse> put(qint64 bytesToCommit, bool hasBody = true)
    {
        HttpRequest request;
        request.verb = "PUT";
        request.url = QUrl(m_fake.url(QStringLiteral("/x")));
        request.bodyDevice = hasBody ? &m_body : nullptr;
        request.bodyLength = hasBody ? m_body.size() : 0;
        request.bytesToCommit = bytesToCommit;
        return m_client.send(request);
    }

    QByteArray m_bytes = QByteArray(300'000, 'x');
    QBuffer m_body{&m_bytes};
    FakeRegistry m_fake;
    HttpClient m_client{networkOf({.tries = 1, .idleSeconds = 1}), CancelToken()};
};

TEST_F(AnswerWaitTest, WhoHasMuchToCommitIsWaitedFor)
{
    m_fake.on("PUT", "/x").reply(FakeReply(201).late(kLateMs));
    const Result<HttpResponse> response = put(kLarge);
    ASSERT_TRUE(isOk(response));
    EXPECT_EQ(response->status, 201);
}

TEST_F(AnswerWaitTest, SoIsWhoPutsPiecesTogetherThatCameBefore)
{
    m_fake.on("PUT", "/x").reply(FakeReply(201).late(kLateMs));
    EXPECT_TRUE(isOk(put(kLarge, false)));
}

TEST_F(AnswerWaitTest, WhoHasLittleToDoIsNot)
{
    m_fake.on("PUT", "/x").reply(FakeReply(201).late(kLateMs));
    ASSERT_TRUE(isError(put(0), ErrorKind::Unreachable));
}

TEST_F(AnswerWaitTest, AnAnswerThatHasBegunMayNotRest)
{
    m_fake.on("PUT", "/x").reply(FakeReply(201, QByteArray(1000, 'x')).stallAfter(10));
    ASSERT_TRUE(isError(put(kHuge), ErrorKind::Unreachable));
}

TEST_F(AnswerWaitTest, AConnectionThatEndsIsNoticedAtOnce)
{
    m_fake.on("PUT", "/x").reply(FakeReply::hangUp().late(100));
    ASSERT_TRUE(isError(put(kHuge), ErrorKind::Unreachable));
}

} // namespace
} // namespace layerpool::test
