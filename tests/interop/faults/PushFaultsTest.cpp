// SPDX-License-Identifier: Apache-2.0
#include "FaultTest.h"

#include "TokenGate.h"

// A target that misbehaves while it is pushed to.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kPushedPart = 100'000; // of the layer, until something goes wrong

class PushFaultsTest : public FaultTest
{
protected:
    /// As nginx before a registry refuses what is larger than it takes.
    void takeNoMoreThan(qint64 bytes)
    {
        m_registry.intercept([bytes](const FakeRequest &request) {
            return request.bodyLength > bytes
                       ? std::optional(FakeReply(413, "<html><h1>413 Request Entity Too Large</h1></html>")
                                           .header("Content-Type", "text/html"))
                       : std::nullopt;
        });
    }
    /// How many bytes each request brought to the uploads of apps/one, up to the end of its largest layer.
    QList<qint64> sentBodies() const
    {
        QList<qint64> lengths;
        for (const FakeRequest &request : m_registry.requests()) {
            if (request.path.startsWith("/v2/apps/one/blobs/uploads/") && request.bodyLength > 10'000) {
                lengths << request.bodyLength;
            }
        }
        return lengths;
    }
    /// Something goes wrong with the first request that brings bytes of apps/one, whichever way it brings
    /// them.
    void onFirstBytes(const FakeReply &reply)
    {
        for (const char *method : {"PUT", "PATCH"}) {
            m_registry.on(method, "/v2/apps/one/blobs/uploads/*").reply(reply).thenAsUsual();
        }
    }
    void onAllBytes(const FakeReply &reply)
    {
        for (const char *method : {"PUT", "PATCH"}) {
            m_registry.on(method, "/v2/apps/one/blobs/uploads/*").reply(reply);
        }
    }
};

TEST_F(PushFaultsTest, CutInTheBody)
{
    row("push cut in the body");
    m_registry.on("PUT", "/v2/apps/one/blobs/uploads/*").cutBodyAfter(kPushedPart).thenAsUsual();
    expectPushed(push());
    EXPECT_GE(m_registry.countBelow("GET", "/v2/apps/one/blobs/uploads/"), 1) << "it asked how far it came";
    EXPECT_EQ(sentBodies().back(), m_layer.size() - kPushedPart) << "and sent no more than the rest";
}

TEST_F(PushFaultsTest, NoLocationOnTheWay)
{
    row("202 without a Location, between two pieces");
    takeNoMoreThan(200'000);
    m_registry.on("PATCH", "/v2/apps/one/blobs/uploads/*").reply(FakeReply(202)).thenAsUsual();
    expectPushed(push());
}

TEST_F(PushFaultsTest, PieceRefused)
{
    row("416 for a piece");
    takeNoMoreThan(200'000);
    m_registry.on("PATCH", "/v2/apps/one/blobs/uploads/*").reply(FakeReply(416)).thenAsUsual();
    expectPushed(push());
}

TEST_F(PushFaultsTest, UploadForgotten)
{
    row("404 for a piece: the upload is gone");
    takeNoMoreThan(200'000);
    m_registry.on("PATCH", "/v2/apps/one/blobs/uploads/*")
        .reply(FakeReply::error(404, "BLOB_UPLOAD_UNKNOWN"))
        .thenAsUsual();
    expectPushed(push());
}

TEST_F(PushFaultsTest, TooLargeInOnePiece)
{
    row("413 as HTML, for more than 200 kB");
    takeNoMoreThan(200'000);
    expectPushed(push());
    EXPECT_GE(m_registry.countBelow("PATCH", "/v2/apps/one/blobs/uploads/"), 2) << "in smaller pieces";
}

TEST_F(PushFaultsTest, EndOfConnectionBeforeAnAnswer)
{
    row("push: EOF before headers, 500, 503");
    onFirstBytes(FakeReply::hangUp());
    m_registry.on("POST", "/v2/apps/one/blobs/uploads/")
        .reply(FakeReply(500).header("Retry-After", "0"))
        .thenReply(FakeReply(503).header("Retry-After", "0"))
        .thenAsUsual();
    expectPushed(push());
}

TEST_F(PushFaultsTest, Stall)
{
    row("push: no answer to an upload");
    onFirstBytes(FakeReply::silence());
    expectPushed(push());
}

TEST_F(PushFaultsTest, MountRefused)
{
    row("mount refused");
    m_registry.intercept([](const FakeRequest &request) {
        return request.query.contains("mount=") ? std::optional(FakeReply::error(403, "DENIED", "no mounts"))
                                                : std::nullopt;
    });
    expectPushed(push());
}

TEST_F(PushFaultsTest, NoLocation)
{
    row("202 without a Location");
    m_registry.on("POST", "/v2/apps/one/blobs/uploads/").reply(FakeReply(202));
    expectOneIsNotPushed(push(), "does not say where to upload");
}

TEST_F(PushFaultsTest, TooLargeAsHtml)
{
    row("413 as HTML, whatever the size");
    onAllBytes(FakeReply(413, "<html><h1>413 Request Entity Too Large</h1></html>")
                   .header("Content-Type", "text/html"));
    const Outcome outcome = push();
    EXPECT_FALSE(outcome.err.contains("<h")) << outcome;
    expectOneIsNotPushed(outcome, "too large (413)");
}

TEST_F(PushFaultsTest, TokensRevokedDuringAnUpload)
{
    row("401 during upload");
    TokenGate gate(m_registry);
    onFirstBytes(gate.refusal().beforeBody());
    expectPushed(push());
}

TEST_F(PushFaultsTest, ImmutableTag)
{
    row("immutable tag");
    m_registry.on("PUT", "/v2/apps/one/manifests/v1")
        .reply(FakeReply::error(412, "PRECONDITION",
                                "Failed to process request due to 'apps/one:v1' configured as immutable."));
    expectOneIsNotPushed(push(), "configured as immutable");
}

TEST_F(PushFaultsTest, OneForbidden)
{
    row("push: one image 403");
    m_registry.on("POST", "/v2/apps/one/blobs/uploads/")
        .reply(FakeReply::error(403, "DENIED", "read only for you"));
    expectOneIsNotPushed(push(), "read only for you");
}

TEST_F(PushFaultsTest, OneManifestBusy)
{
    row("push: 503 and 429 for a manifest");
    m_registry.on("PUT", "/v2/apps/one/manifests/v1")
        .reply(FakeReply(503).header("Retry-After", "0"))
        .thenReply(FakeReply(429).header("Retry-After", "0"))
        .thenAsUsual();
    expectPushed(push());
}

} // namespace
} // namespace layerpool::test
