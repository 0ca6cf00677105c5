// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "base/Digester.h"
#include "support/FakeRegistry.h"
#include "support/SampleImages.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

// Keeps a blob in memory, and checks it as a pool does.
class MemorySink final : public ByteSink
{
public:
    explicit MemorySink(Digest digest, QByteArray there = {}) : m_digest(digest), m_bytes(std::move(there)) {}

    qint64 received() const override { return m_bytes.size(); }
    Status append(QByteArrayView bytes) override
    {
        m_bytes += bytes;
        return {};
    }
    Status restart() override
    {
        ++m_restarts;
        m_bytes.clear();
        return {};
    }
    Status finish() override
    {
        return Digester::of(m_bytes) == m_digest ? Status()
                                                 : Error{ErrorKind::Corrupt, QStringLiteral("wrong"), {}, {}};
    }
    int restarts() const { return m_restarts; }

private:
    Digest m_digest;
    QByteArray m_bytes;
    int m_restarts = 0;
};

class RegistryClientTest : public testing::Test
{
protected:
    RegistryClient &client()
    {
        if (!m_client) {
            RegistryOptions options = m_options;
            options.http.tries = 4;
            options.http.idleSeconds = 1;
            Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(options);
            EXPECT_TRUE(access);
            m_access = *std::move(access);
            m_client.emplace(*m_access, CancelToken());
        }
        return *m_client;
    }

    void signIn(const FakeRegistry &registry, const QByteArray &userAndPassword)
    {
        m_options.authFile = m_directory.filePath(QStringLiteral("auth.json"));
        QFile file(m_options.authFile);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("{\"auths\":{\"" + registry.host().toLatin1() + "\":{\"auth\":\"" +
                   userAndPassword.toBase64() + "\"}}}");
    }

    RemoteRepository app() const { return {m_fake.host(), *RepositoryName::parse(u"team/app")}; }
    Descriptor blob() const { return {{}, Digester::of(m_bytes), m_bytes.size(), {}}; }
    QByteArray blobPath() const { return "/v2/team/app/blobs/" + Digester::of(m_bytes).toByteArray(); }

    Status fetch(MemorySink &sink)
    {
        return client().fetchBlob(app(), blob(), sink, [this](qint64 bytes) { m_moved += bytes; });
    }

    QTemporaryDir m_directory;
    FakeRegistry m_fake;
    RegistryOptions m_options;
    std::unique_ptr<RegistryAccess> m_access;
    std::optional<RegistryClient> m_client;
    const QByteArray m_bytes = QByteArray(400'000, 'b');
    qint64 m_moved = 0;
};

TEST_F(RegistryClientTest, KeepsTheBytesOfAManifest)
{
    SampleRegistry samples(m_directory.path());
    const Sample sample =
        samples.add(QStringLiteral("team/app"), QStringLiteral("v1"), {.style = JsonStyle::Tabs});
    m_fake.serve(m_directory.path());
    const Result<Manifest> manifest = client().manifest(app(), QStringLiteral("v1"));
    ASSERT_TRUE(manifest) << manifest.error().sentence().toStdString();
    EXPECT_EQ(manifest->bytes(), sample.bytes);
    EXPECT_EQ(manifest->digest(), sample.root);
    EXPECT_EQ(*client().manifestDigest(app(), QStringLiteral("v1")), sample.root);
}

TEST_F(RegistryClientTest, BytesDecideNotTheHeader)
{
    const QByteArray path = "/v2/team/app/manifests/sha256:" + QByteArray(64, '0');
    m_fake.on("GET", path)
        .reply(FakeReply::manifest("{\"schemaVersion\":2,\"manifests\":[]}",
                                   "application/vnd.oci.image.index.v1+json"));
    const Result<Manifest> manifest =
        client().manifest(app(), QStringLiteral("sha256:") + QString(64, QLatin1Char('0')));
    ASSERT_FALSE(manifest);
    EXPECT_EQ(manifest.error().kind, ErrorKind::Corrupt);
}

TEST_F(RegistryClientTest, WhatIsNotThereIsSaidInASentence)
{
    m_fake.on("GET", "/v2/team/app/manifests/v9").reply(FakeReply::error(404, "MANIFEST_UNKNOWN"));
    const Result<Manifest> manifest = client().manifest(app(), QStringLiteral("v9"));
    ASSERT_FALSE(manifest);
    EXPECT_EQ(manifest.error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(manifest.error().sentence().contains(QStringLiteral("team/app:v9 is not at ")));
    m_fake.on("HEAD", "/v2/team/app/manifests/v9").reply(FakeReply(404));
    EXPECT_EQ(*client().manifestDigest(app(), QStringLiteral("v9")), std::nullopt);
}

TEST_F(RegistryClientTest, ABlobThatBreaksOffGoesOnByRange)
{
    m_fake.on("GET", blobPath())
        .reply(FakeReply::blob(m_bytes).cutAfter(150'000))
        .thenReply(FakeReply::blob(m_bytes));
    MemorySink sink(blob().digest);
    const Status fetched = fetch(sink);
    ASSERT_TRUE(fetched) << fetched.error().sentence().toStdString();
    EXPECT_EQ(sink.restarts(), 0);
    EXPECT_EQ(m_moved, m_bytes.size());
    EXPECT_TRUE(m_fake.requests("GET", blobPath()).back().header("Range").startsWith("bytes="));
}

TEST_F(RegistryClientTest, ARangeThatIsIgnoredStartsOver)
{
    m_fake.on("GET", blobPath()).reply(FakeReply(200, m_bytes));
    MemorySink sink(blob().digest, m_bytes.first(1000));
    ASSERT_TRUE(fetch(sink));
    EXPECT_EQ(sink.restarts(), 1);
    EXPECT_EQ(m_moved, m_bytes.size() - 1000) << "what was there is thrown away";
}

TEST_F(RegistryClientTest, AnotherRangeThanAskedForStartsOver)
{
    m_fake.on("GET", blobPath())
        .reply(FakeReply(206, m_bytes.sliced(500)).header("Content-Range", "bytes 500-399999/400000"))
        .thenReply(FakeReply::blob(m_bytes));
    MemorySink sink(blob().digest, m_bytes.first(1000));
    const Status fetched = fetch(sink);
    EXPECT_TRUE(fetched) << fetched.error().sentence().toStdString();
    EXPECT_EQ(m_moved, m_bytes.size() - 1000) << "what was there is thrown away";
}

TEST_F(RegistryClientTest, ALineThatNeverGetsFurtherIsGivenUp)
{
    m_fake.intercept([this](const FakeRequest &request) -> std::optional<FakeReply> {
        if (!request.path.contains("/blobs/")) {
            return std::nullopt;
        }
        return request.hasHeader("range") ? FakeReply(416) : FakeReply::blob(m_bytes).cutAfter(10);
    });
    MemorySink sink(Digester::of(m_bytes));
    EXPECT_TRUE(isError(fetch(sink), ErrorKind::Unreachable));
}

TEST_F(RegistryClientTest, WrongBytesAreFetchedOnceMoreThenRefused)
{
    const QByteArray wrong(m_bytes.size(), 'w');
    m_fake.on("GET", blobPath()).reply(FakeReply::blob(wrong)).thenReply(FakeReply::blob(m_bytes));
    MemorySink sink(blob().digest);
    EXPECT_TRUE(fetch(sink));

    m_fake.on("GET", blobPath()).reply(FakeReply::blob(wrong));
    m_fake.forgetRequests();
    MemorySink other(blob().digest);
    const Status refused = fetch(other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(m_fake.count("GET", blobPath()), 2);
}

TEST_F(RegistryClientTest, ABusyServerIsWaitedFor)
{
    m_fake.on("GET", blobPath())
        .reply(FakeReply(429).header("Retry-After", "0"))
        .thenReply(FakeReply::blob(m_bytes));
    MemorySink sink(blob().digest);
    EXPECT_TRUE(fetch(sink));
}

TEST_F(RegistryClientTest, BasicLogin)
{
    signIn(m_fake, "ann:s3cret");
    const QByteArray right = "Basic " + QByteArray("ann:s3cret").toBase64();
    m_fake.intercept([right](const FakeRequest &request) -> std::optional<FakeReply> {
        return request.header("Authorization") == right
                   ? std::nullopt
                   : std::optional(FakeReply::unauthorized("Basic realm=\"here\""));
    });
    m_fake.on("HEAD", blobPath()).reply(FakeReply(200));
    const Result<bool> has = client().hasBlob(app(), blob().digest);
    ASSERT_TRUE(has) << has.error().sentence().toStdString();
    EXPECT_TRUE(*has);
}

TEST_F(RegistryClientTest, AWrongPasswordIsNotTriedTwiceAndNeverPrinted)
{
    signIn(m_fake, "ann:s3cret");
    m_fake.intercept(
        [](const FakeRequest &) { return std::optional(FakeReply::unauthorized("Basic realm=\"here\"")); });
    const Result<bool> has = client().hasBlob(app(), blob().digest);
    ASSERT_FALSE(has);
    EXPECT_EQ(has.error().kind, ErrorKind::Denied);
    EXPECT_EQ(has.error().signInTo, m_fake.host());
    EXPECT_FALSE(has.error().sentence().contains(QStringLiteral("s3cret")));
    EXPECT_FALSE(client().hasBlob(app(), blob().digest));
    const std::vector<FakeRequest> requests = m_fake.requests();
    EXPECT_EQ(std::count_if(requests.begin(), requests.end(),
                            [](const FakeRequest &request) { return request.hasHeader("Authorization"); }),
              1)
        << "each try of a wrong password counts against its owner";
}

TEST_F(RegistryClientTest, BearerTokensServeUntilTheyAreRefused)
{
    signIn(m_fake, "ann:s3cret");
    const QByteArray challenge = "Bearer realm=\"" + m_fake.url(QStringLiteral("/token")).toLatin1() +
                                 "\",service=\"fake\",scope=\"x\"";
    m_fake.on("GET", "/token").reply(FakeReply::token("one")).thenReply(FakeReply::token("two"));
    QByteArray good = "one";
    m_fake.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        const bool isOpen = request.path == "/token" || request.header("Authorization") == "Bearer " + good;
        return isOpen ? std::nullopt : std::optional(FakeReply::unauthorized(challenge));
    });
    m_fake.on("HEAD", blobPath()).reply(FakeReply(200));
    EXPECT_TRUE(client().hasBlob(app(), blob().digest));
    EXPECT_TRUE(client().hasBlob(app(), blob().digest));
    EXPECT_EQ(m_fake.count("GET", "/token"), 1) << "one token serves";
    good = "two";
    EXPECT_TRUE(client().hasBlob(app(), blob().digest));
    EXPECT_EQ(m_fake.count("GET", "/token"), 2);

    const FakeRequest asked = m_fake.requests("GET", "/token").front();
    EXPECT_EQ(asked.header("Authorization"), "Basic " + QByteArray("ann:s3cret").toBase64());
    EXPECT_TRUE(asked.query.contains("service=fake"));
    EXPECT_TRUE(asked.query.contains("scope=repository:team/app:pull"));
}

TEST_F(RegistryClientTest, UploadsSkipWhatCanBeMounted)
{
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(201));
    QByteArray bytes = m_bytes;
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    const auto uploaded =
        client().uploadBlob(app(), blob(), RepositoryName::parse(u"other"), body, [](qint64) {});
    ASSERT_TRUE(uploaded);
    EXPECT_EQ(*uploaded, RegistryClient::Uploaded::Mounted);
    const FakeRequest request = m_fake.requests("POST", "/v2/team/app/blobs/uploads/").front();
    EXPECT_TRUE(request.query.contains("from=other"));
}

// Who may push to one repository and not read the other gets no mount of it.
TEST_F(RegistryClientTest, AMountAsksForATokenThatMayReadWhereItComesFrom)
{
    const QByteArray challenge =
        "Bearer realm=\"" + m_fake.url(QStringLiteral("/token")).toLatin1() + "\",service=\"fake\"";
    m_fake.on("GET", "/token").reply(FakeReply::token("good"));
    m_fake.intercept([&](const FakeRequest &request) -> std::optional<FakeReply> {
        const bool isOpen = request.path == "/token" || request.header("Authorization") == "Bearer good";
        return isOpen ? std::nullopt : std::optional(FakeReply::unauthorized(challenge));
    });
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(201));
    QByteArray bytes = m_bytes;
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    ASSERT_TRUE(
        client().uploadBlob(app(), blob(), RepositoryName::parse(u"other/base"), body, [](qint64) {}));
    const std::vector<FakeRequest> asked = m_fake.requests("GET", "/token");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_TRUE(asked[0].query.contains("scope=repository:team/app:pull,push")) << asked[0].query.constData();
    EXPECT_TRUE(asked[0].query.contains("scope=repository:other/base:pull")) << asked[0].query.constData();
}

TEST_F(RegistryClientTest, AMountThatIsRefusedBecomesAnUpload)
{
    m_fake.acceptPushes();
    m_fake.on("POST", "/v2/team/app/blobs/uploads/").reply(FakeReply(403)).thenAsUsual();
    QByteArray bytes = m_bytes;
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    const auto uploaded = client().uploadBlob(app(), blob(), RepositoryName::parse(u"other"), body,
                                              [this](qint64 moved) { m_moved += moved; });
    ASSERT_TRUE(uploaded) << uploaded.error().sentence().toStdString();
    EXPECT_EQ(*uploaded, RegistryClient::Uploaded::Sent);
    EXPECT_EQ(m_moved, m_bytes.size());
    EXPECT_TRUE(*client().hasBlob(app(), blob().digest));
}

TEST_F(RegistryClientTest, NoLoginGoesToWhereAnUploadWasSent)
{
    FakeRegistry elsewhere;
    elsewhere.on("PUT", "/store").reply(FakeReply(201));
    signIn(m_fake, "ann:s3cret");
    m_fake.on("GET", "/v2/").reply(FakeReply::unauthorized("Basic realm=\"here\"")).thenReply(FakeReply(200));
    m_fake.on("POST", "/v2/team/app/blobs/uploads/")
        .reply(FakeReply(202).header("Location", elsewhere.url(QStringLiteral("/store?key=1")).toLatin1()));
    QByteArray bytes = m_bytes;
    QBuffer body(&bytes);
    ASSERT_TRUE(body.open(QIODevice::ReadOnly));
    ASSERT_TRUE(client().uploadBlob(app(), blob(), std::nullopt, body, [](qint64) {}));
    EXPECT_TRUE(m_fake.requests("POST", "/v2/team/app/blobs/uploads/").front().hasHeader("Authorization"));
    EXPECT_FALSE(elsewhere.requests().front().hasHeader("Authorization"));
    EXPECT_TRUE(elsewhere.requests().front().query.contains("key=1&digest=sha256:"));
}

} // namespace
} // namespace layerpool::test
