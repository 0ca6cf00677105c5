// SPDX-License-Identifier: Apache-2.0
#include "registry/BlobUpload.h"

#include "base/Digester.h"
#include "registry/RegistryClient.h"
#include "support/FakeRegistry.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

// Uploads that break, and servers that take no more than they can.

namespace layerpool::test {
namespace {

constexpr qint64 kMiB = 1024 * 1024;
constexpr int kTries = 4;

QByteArray patternOf(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>((i * 31 + i / 251) & 0xff);
    }
    return bytes;
}

class BlobUploadTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_fake.acceptPushes();
        m_options.http.tries = kTries;
        m_options.http.idleSeconds = 2;
    }

    // One client for the whole test: what it learns of a host it keeps.
    RegistryClient &client()
    {
        if (!m_client) {
            Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(m_options);
            EXPECT_TRUE(access);
            m_access = *std::move(access);
            m_client.emplace(*m_access, CancelToken());
        }
        return *m_client;
    }

    static Descriptor blobOf(const QByteArray &bytes) { return {{}, Digester::of(bytes), bytes.size(), {}}; }
    RemoteRepository app() const { return {m_fake.host(), *RepositoryName::parse(u"team/app")}; }

    Status upload(const QByteArray &bytes, const std::optional<RepositoryName> &from = {})
    {
        QBuffer body;
        body.setData(bytes);
        EXPECT_TRUE(body.open(QIODevice::ReadOnly));
        m_moved = 0;
        const auto uploaded =
            client().uploadBlob(app(), blobOf(bytes), from, body, [this](qint64 moved) { m_moved += moved; });
        return uploaded ? Status() : uploaded.error();
    }

    void expectUploaded(const QByteArray &bytes, const std::optional<RepositoryName> &from = {})
    {
        const Status uploaded = upload(bytes, from);
        ASSERT_TRUE(uploaded) << uploaded.error().sentence().toStdString();
        EXPECT_EQ(m_moved, bytes.size());
        EXPECT_TRUE(*client().hasBlob(app(), Digester::of(bytes)));
    }

    // A proxy in front of the registry, as nginx with client_max_body_size.
    void takeNoMoreThan(qint64 limit)
    {
        m_fake.intercept([limit](const FakeRequest &request) {
            return request.bodyLength > limit
                       ? std::optional(FakeReply(413, "<html><body>Request Entity Too Large</body></html>"))
                       : std::nullopt;
        });
    }

    std::vector<FakeRequest> sent(const QByteArray &method) const
    {
        std::vector<FakeRequest> found = m_fake.requests();
        std::erase_if(found, [&](const FakeRequest &request) { return request.method != method; });
        return found;
    }
    int count(const QByteArray &method) const { return static_cast<int>(sent(method).size()); }

    static constexpr char kUploads[] = "/v2/team/app/blobs/uploads/*";
    const QByteArray m_bytes = patternOf(3 * kMiB + 12'345);
    FakeRegistry m_fake;
    RegistryOptions m_options;
    std::unique_ptr<RegistryAccess> m_access;
    std::optional<RegistryClient> m_client;
    qint64 m_moved = 0;
};

TEST(BodyLimitsTest, HalvesAndKeepsTheLowest)
{
    BodyLimits limits;
    const QString host = QStringLiteral("a:1");
    EXPECT_EQ(limits.of(host), BodyLimits::none);
    EXPECT_EQ(limits.lowerBelow(host, 5'000'000'000), BodyLimits::largestPiece);
    EXPECT_EQ(limits.lowerBelow(host, BodyLimits::largestPiece), BodyLimits::largestPiece / 2);
    EXPECT_EQ(limits.lowerBelow(host, 400'000), 262'144);
    EXPECT_EQ(limits.lowerBelow(host, 5'000'000'000), 262'144)
        << "another worker's larger body changes nothing";
    EXPECT_EQ(limits.of(QStringLiteral("b:1")), BodyLimits::none);
}

TEST_F(BlobUploadTest, GoesInOnePutWhereNothingSpeaksAgainstIt)
{
    expectUploaded(m_bytes);
    EXPECT_EQ(count("PUT"), 1);
    EXPECT_EQ(count("PATCH"), 0);
    expectUploaded({});
}

TEST_F(BlobUploadTest, AServerThatTakesItsTimeToCommitIsWaitedFor)
{
    m_options.http.idleSeconds = 1;
    m_fake.on("PUT", kUploads).reply(FakeReply(201).late(1500));
    const Status uploaded = upload(QByteArray(30'000'000, 'x')); // three seconds more, as Pace has it
    EXPECT_TRUE(isOk(uploaded));
    EXPECT_EQ(count("PUT"), 1);
}

TEST_F(BlobUploadTest, ABodyThatIsTooLargeGoesInPieces)
{
    takeNoMoreThan(kMiB);
    expectUploaded(m_bytes);
    std::vector<FakeRequest> pieces = sent("PATCH");
    std::erase_if(pieces, [](const FakeRequest &request) { return request.bodyLength > kMiB; });
    ASSERT_EQ(pieces.size(), 4U);
    EXPECT_EQ(pieces[0].header("Content-Range"), "0-1048575");
    EXPECT_EQ(pieces[3].header("Content-Range"), "3145728-3158072");
    EXPECT_EQ(pieces[3].bodyLength, 12'345);

    m_fake.forgetRequests(); // the next blob is sent so from the start
    expectUploaded(patternOf(2 * kMiB));
    EXPECT_EQ(count("PATCH"), 2);
    EXPECT_EQ(sent("PUT").front().bodyLength, 0);
}

TEST_F(BlobUploadTest, ARefusalThatComesBeforeTheBodyIsHeard)
{
    const QByteArray large = patternOf(24 * kMiB);
    m_fake.on("PUT", kUploads)
        .reply(FakeReply(413, "<html></html>").header("Connection", "close").beforeBody())
        .thenAsUsual();
    expectUploaded(large);
    EXPECT_EQ(count("PATCH"), 2);
}

TEST_F(BlobUploadTest, WhoTakesNothingIsNotAskedForEver)
{
    takeNoMoreThan(1000);
    const Status refused = upload(m_bytes);
    ASSERT_TRUE(isError(refused, ErrorKind::Server));
    EXPECT_TRUE(refused.error().why.contains(QStringLiteral("too large (413)")))
        << refused.error().sentence().toStdString();
    EXPECT_FALSE(refused.error().sentence().contains(QLatin1Char('<')));
    EXPECT_EQ(m_moved, 0);
}

TEST_F(BlobUploadTest, WhoTakesEveryPieceAndKeepsNoneIsNotFedForEver)
{
    takeNoMoreThan(kMiB);
    m_fake.on("PATCH", kUploads).reply(FakeReply(202).header("Range", "0-0"));
    const Status refused = upload(m_bytes);
    ASSERT_TRUE(isError(refused, ErrorKind::Server));
    EXPECT_TRUE(refused.error().why.contains(QStringLiteral("stays at byte 0")))
        << refused.error().sentence().toStdString();
    EXPECT_LE(count("PATCH"), 2 * kTries);
    EXPECT_EQ(m_moved, 0);
}

TEST_F(BlobUploadTest, AServerThatNamesAShortestPieceGetsNoShorterOne)
{
    const qint64 shortest = BodyLimits::largestPiece + 1000;
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").replyWith([&](const FakeRequest &) {
        return FakeReply(202)
            .header("Location", "/v2/team/app/blobs/uploads/1")
            .header("OCI-Chunk-Min-Length", QByteArray::number(shortest));
    });
    m_fake.on("PATCH", kUploads).reply(FakeReply(202));
    m_fake.on("PUT", kUploads).reply(FakeReply(201));
    const QByteArray large(shortest + 500, 'x');
    const Status uploaded = upload(large);
    ASSERT_TRUE(uploaded) << uploaded.error().sentence().toStdString();
    const std::vector<FakeRequest> pieces = sent("PATCH");
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].bodyLength, shortest);
    EXPECT_EQ(pieces[1].bodyLength, 500);
}

TEST_F(BlobUploadTest, ABodyThatIsCutGoesOnAtTheServersOffset)
{
    m_fake.on("PUT", kUploads).cutBodyAfter(1'000'000).thenAsUsual();
    expectUploaded(m_bytes);
    const std::vector<FakeRequest> rest = sent("PATCH");
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest.front().header("Content-Range"), "1000000-3158072");
    EXPECT_EQ(rest.front().bodyLength, m_bytes.size() - 1'000'000);
}

TEST_F(BlobUploadTest, ALineThatKeepsBreakingIsFollowedToItsEnd)
{
    m_fake.on("PUT", kUploads).cutBodyAfter(100'000).thenAsUsual();
    FakeRegistry::Script script = m_fake.on("PATCH", kUploads);
    script.cutBodyAfter(300'000).times(2 * kTries).thenAsUsual();
    expectUploaded(m_bytes);
    EXPECT_EQ(count("PATCH"), 2 * kTries + 1);
}

TEST_F(BlobUploadTest, AProxyThatHangsUpOnLargeBodiesGetsSmallerOnes)
{
    m_fake.intercept([](const FakeRequest &request) {
        return request.bodyLength > kMiB ? std::optional(FakeReply::hangUp()) : std::nullopt;
    });
    expectUploaded(m_bytes);
}

TEST_F(BlobUploadTest, APieceTheServerSeesOtherwiseIsAskedAbout)
{
    takeNoMoreThan(kMiB);
    m_fake.on("PATCH", kUploads).thenAsUsual().times(2).reply(FakeReply(416)).thenAsUsual();
    expectUploaded(m_bytes);
}

TEST_F(BlobUploadTest, AnUploadTheServerForgotStartsOver)
{
    m_fake.on("PUT", kUploads).cutBodyAfter(1'000'000).thenAsUsual();
    m_fake.on("GET", kUploads).reply(FakeReply::error(404, "BLOB_UPLOAD_UNKNOWN"));
    expectUploaded(m_bytes);
    EXPECT_EQ(m_fake.count("POST", "/v2/team/app/blobs/uploads/"), 2);
}

TEST_F(BlobUploadTest, ALostAnswerToTheLastByteSendsNothingAgain)
{
    m_fake.on("PUT", kUploads).cutBodyAfter(m_bytes.size()).thenAsUsual();
    expectUploaded(m_bytes);
    EXPECT_EQ(m_fake.count("POST", "/v2/team/app/blobs/uploads/"), 1);
}

TEST_F(BlobUploadTest, PiecesThatWereJoinedWronglyAreSentOnceMore)
{
    m_fake.on("PUT", kUploads).cutBodyAfter(1'000'000).thenAsUsual();
    // It says that it has more than it took.
    m_fake.on("GET", kUploads)
        .reply(FakeReply(204).header("Location", "/v2/team/app/blobs/uploads/1").header("Range", "0-1499999"))
        .thenAsUsual();
    m_fake.on("PATCH", kUploads).replyWith([](const FakeRequest &) { return FakeReply(202); }).thenAsUsual();
    expectUploaded(m_bytes);
}

TEST_F(BlobUploadTest, AServerWithoutRoomIsNotTriedForEver)
{
    m_fake.on("PUT", kUploads).reply(FakeReply(503));
    const Status refused = upload(m_bytes);
    EXPECT_TRUE(isError(refused, ErrorKind::Unreachable));
    EXPECT_EQ(count("PUT"), kTries);
    EXPECT_EQ(m_moved, 0);
}

TEST_F(BlobUploadTest, ALoginThatEndsInTheMiddleIsRenewedAndThePiecesGoOn)
{
    QTemporaryDir directory;
    m_options.authFile = directory.filePath(QStringLiteral("auth.json"));
    QFile file(m_options.authFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"auths\":{\"" + m_fake.host().toLatin1() + "\":{\"auth\":\"" +
               QByteArray("ann:s3cret").toBase64() + "\"}}}");
    file.close();
    const QByteArray challenge =
        "Bearer realm=\"" + m_fake.url(QStringLiteral("/token")).toLatin1() + "\",service=\"fake\"";
    m_fake.on("GET", "/token").reply(FakeReply::token("one")).thenReply(FakeReply::token("two"));
    int pieces = 0;
    m_fake.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        if (request.path == "/token") {
            return std::nullopt;
        }
        if (request.bodyLength > kMiB) {
            return FakeReply(413);
        }
        pieces += request.method == "PATCH" ? 1 : 0;
        const QByteArray good = pieces > 2 ? "Bearer two" : "Bearer one";
        return request.header("Authorization") == good ? std::nullopt
                                                       : std::optional(FakeReply::unauthorized(challenge));
    });
    const Status uploaded = upload(m_bytes);
    ASSERT_TRUE(uploaded) << uploaded.error().sentence().toStdString();
    EXPECT_EQ(m_fake.count("GET", "/token"), 2);
    EXPECT_EQ(pieces, 5) << "four, and the one that was refused once more";
    EXPECT_EQ(m_fake.count("POST", "/v2/team/app/blobs/uploads/"), 1);
}

TEST_F(BlobUploadTest, AMountWithoutALocationBecomesAnUpload)
{
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(202)).thenAsUsual();
    expectUploaded(m_bytes, RepositoryName::parse(u"other"));
}

TEST_F(BlobUploadTest, AnUploadWithoutALocationIsSaidInASentence)
{
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(202));
    const Status refused = upload(m_bytes);
    ASSERT_TRUE(isError(refused, ErrorKind::Server));
    EXPECT_TRUE(refused.error().sentence().contains(QStringLiteral("does not say where to upload")));
}

TEST_F(BlobUploadTest, AnAddressMayBeRelative)
{
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(202).header("Location", "next?a=b"));
    m_fake.on("PUT", "/v2/team/app/blobs/uploads/next").reply(FakeReply(201));
    const Status uploaded = upload(m_bytes);
    ASSERT_TRUE(uploaded) << uploaded.error().sentence().toStdString();
    EXPECT_TRUE(sent("PUT").front().query.startsWith("a=b&digest=sha256:"));
}

} // namespace
} // namespace layerpool::test
