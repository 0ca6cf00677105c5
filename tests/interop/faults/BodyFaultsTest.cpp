// SPDX-License-Identifier: Apache-2.0
#include "FaultTest.h"

// A blob's body that comes wrong, or with the wrong words about it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qint64 kBodyPart = 100'000; // of the layer, until something goes wrong

class BodyFaultsTest : public FaultTest
{
protected:
    FakeReply whole() const { return FakeReply::blob(m_layer); }
    /// The first body is cut, and whoever asks for the rest of it gets this answer.
    void answerRanges(const FakeReply &reply)
    {
        m_registry.on("GET", layerPath()).replyWith([this, reply](const FakeRequest &request) {
            return request.hasHeader("Range") ? reply
                   : request.attempt == 1     ? whole().cutAfter(kBodyPart)
                                              : whole();
        });
    }
    /// Where the requests for the layer asked to begin, in their order. One that Qt sends again by itself,
    /// as it does at times when a connection ends, is left out.
    QList<QByteArray> ranges() const
    {
        QList<QByteArray> asked;
        for (const FakeRequest &request : m_registry.requests("GET", layerPath())) {
            asked << request.header("Range");
        }
        asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
        return asked;
    }
    static QByteArray from(qint64 offset) { return "bytes=" + QByteArray::number(offset) + '-'; }
    QByteArray fromPart() const { return from(kBodyPart); }
};

TEST_F(BodyFaultsTest, Short)
{
    row("body short");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer.first(kBodyPart))).thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()})) << "what came is not asked for again";
}

TEST_F(BodyFaultsTest, Cut)
{
    row("body cut");
    m_registry.on("GET", layerPath()).reply(whole().cutAfter(kBodyPart)).thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()}));
}

TEST_F(BodyFaultsTest, CutBeforeItsFirstByte)
{
    row("body cut before its first byte");
    m_registry.on("GET", layerPath()).reply(whole().cutAfter(0)).thenAsUsual();
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, ResetMoreOftenThanThereAreTries)
{
    row("body reset 7 times, a little more each time");
    m_registry.on("GET", layerPath()).reply(whole().resetAfter(40'000)).times(7).thenAsUsual();
    expectUndisturbed(convert({u"--retries"_s, u"3"_s}));
    const QList<QByteArray> asked = ranges();
    for (qsizetype i = 1; i < asked.size(); ++i) {
        EXPECT_EQ(asked[i], from(40'000 * i)) << "each goes on where the one before it broke";
    }
    EXPECT_GE(asked.size(), 5);
}

TEST_F(BodyFaultsTest, ResetForGood)
{
    row("body reset each time, nothing comes");
    m_registry.on("GET", layerPath()).reply(whole().resetAfter(0));
    expectOneFails(convert({u"--retries"_s, u"2"_s}), "The connection to " + m_registry.host().toUtf8());
}

TEST_F(BodyFaultsTest, TooLong)
{
    row("body too long");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer + "more")).thenAsUsual();
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, TooLongEachTime)
{
    row("body too long each time");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer + QByteArray(2'000'000, 'm')));
    expectOneFails(convert(), "is too long");
}

TEST_F(BodyFaultsTest, WrongBytes)
{
    row("wrong bytes");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, QByteArray(m_layer.size(), 'w'))).thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(m_registry.count("GET", layerPath()), 2) << "once more, from the start";
}

TEST_F(BodyFaultsTest, WrongBytesEachTime)
{
    row("wrong bytes each time");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, QByteArray(m_layer.size(), 'w')));
    const Outcome outcome = convert();
    EXPECT_EQ(m_registry.count("GET", layerPath()), 2) << "one clean refetch, no more";
    expectOneFails(outcome, "is damaged");
}

TEST_F(BodyFaultsTest, NoLength)
{
    row("no length: chunked");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer).chunked().trickle(50'000, 1));
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, NoLengthAndCut)
{
    row("no length: chunked, and cut");
    m_registry.on("GET", layerPath())
        .reply(FakeReply(200, m_layer).chunked().cutAfter(kBodyPart))
        .thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()}));
}

TEST_F(BodyFaultsTest, NoLengthAndTheConnectionEndsEarly)
{
    row("no length: ends with the connection, early");
    m_registry.on("GET", layerPath())
        .reply(FakeReply(200, m_layer).withoutLength().cutAfter(kBodyPart))
        .thenReply(FakeReply(200, m_layer).withoutLength());
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()}));
}

TEST_F(BodyFaultsTest, RangeIgnored)
{
    row("Range ignored: 200 with everything");
    answerRanges(FakeReply(200, m_layer));
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()})) << "what came is taken";
}

TEST_F(BodyFaultsTest, WrongContentRange)
{
    row("wrong Content-Range");
    const QByteArray size = QByteArray::number(m_layer.size());
    m_registry.on("GET", layerPath())
        .reply(whole().cutAfter(kBodyPart))
        .thenReply(
            FakeReply(206, m_layer.sliced(500))
                .header("Content-Range", "bytes 500-" + QByteArray::number(m_layer.size() - 1) + '/' + size))
        .thenAsUsual();
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, NoContentRange)
{
    row("206 without a Content-Range");
    answerRanges(FakeReply(206, m_layer.sliced(kBodyPart)));
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, RangeRefused)
{
    row("416");
    answerRanges(FakeReply(416).header("Content-Range", "bytes */1"));
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart(), ""})) << "then from the start";
}

TEST_F(BodyFaultsTest, ContentEncodingThatIsNone)
{
    row("gzip Content-Encoding, and the right bytes");
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer).header("Content-Encoding", "gzip"));
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, ContentEncoding)
{
    row("gzip Content-Encoding, and other bytes");
    const QByteArray packed = QByteArray::fromHex("1f8b08") + m_layer.sliced(1000);
    m_registry.on("GET", layerPath()).reply(FakeReply(200, packed).header("Content-Encoding", "gzip"));
    expectOneFails(convert(), "it comes with the encoding “gzip”");
    EXPECT_LE(m_registry.count("GET", layerPath()), 3) << "one clean refetch, and one when it was mended";
    for (const FakeRequest &request : m_registry.requests()) {
        EXPECT_EQ(request.header("Accept-Encoding"), "identity") << request.path.toStdString();
    }
}

TEST_F(BodyFaultsTest, LyingDigestOfABlob)
{
    row("lying Docker-Content-Digest of a blob");
    const QByteArray lie = "sha256:" + QByteArray(64, '0');
    m_registry.on("GET", layerPath()).reply(FakeReply(200, m_layer).header("Docker-Content-Digest", lie));
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, LyingDigestOfAManifest)
{
    row("lying Docker-Content-Digest of a manifest");
    const QByteArray manifest = "/v2/apps/one/manifests/v1";
    const FakeReply lying = FakeReply(200, m_one.bytes)
                                .header("Content-Type", m_one.mediaType)
                                .header("Docker-Content-Digest", "sha256:" + QByteArray(64, '0'));
    m_registry.on("HEAD", manifest).reply(lying);
    m_registry.on("GET", manifest).reply(lying);
    expectUndisturbed(convert());
    expectUndisturbed(convert()); // nor does the next look at the tag believe it
}

TEST_F(BodyFaultsTest, ManifestCut)
{
    row("manifest cut");
    m_registry.on("GET", "/v2/apps/one/manifests/v1")
        .reply(FakeReply::manifest(m_one.bytes, m_one.mediaType).cutAfter(100))
        .thenAsUsual();
    expectUndisturbed(convert());
}

TEST_F(BodyFaultsTest, Stall)
{
    row("stall");
    m_registry.on("GET", layerPath()).reply(whole().stallAfter(kBodyPart)).thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(ranges(), QList<QByteArray>({"", fromPart()}));
}

TEST_F(BodyFaultsTest, OneByteASecond)
{
    row("one byte a second");
    m_registry.on("GET", layerPath()).reply(whole().trickle(1, 1000)).thenAsUsual();
    expectUndisturbed(convert({u"--timeout"_s, u"2"_s}));
    EXPECT_EQ(m_registry.count("GET", layerPath()), 2);
}

// The answer comes half a second after the machine is awake again; there is no second try.
TEST_F(BodyFaultsTest, AsleepForLongerThanTheLimit)
{
    row("stall: off while the machine sleeps");
    m_registry.on("GET", layerPath()).reply(whole().late(4500));
    expectUndisturbed(convertAsleep(4s, {u"--timeout"_s, u"2"_s, u"--retries"_s, u"1"_s}));
    EXPECT_EQ(m_registry.count("GET", layerPath()), 1);
}

TEST_F(BodyFaultsTest, TagMovesWhileFetching)
{
    row("tag moves while fetching");
    const QByteArray manifest = "/v2/apps/one/manifests/v1";
    m_registry.on("GET", manifest)
        .reply(FakeReply::manifest(m_one.bytes, m_one.mediaType))
        .thenReply(FakeReply::manifest(m_two.bytes, m_two.mediaType));
    expectUndisturbed(convert());
    EXPECT_EQ(m_registry.count("GET", manifest) + m_registry.count("HEAD", manifest), 1)
        << "one resolve a line";
}

} // namespace
} // namespace layerpool::test
