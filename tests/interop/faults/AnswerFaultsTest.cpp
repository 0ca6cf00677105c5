// SPDX-License-Identifier: Apache-2.0
#include "FaultTest.h"

#include "TokenGate.h"

#include <QDateTime>
#include <QLocale>

// A registry that is busy, broken or forbids: statuses in place of what was asked for.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class AnswerFaultsTest : public FaultTest
{
protected:
    void answerOnce(const FakeReply &reply)
    {
        m_registry.on("GET", layerPath()).reply(reply).thenAsUsual();
        expectUndisturbed(convert());
        EXPECT_EQ(m_registry.count("GET", layerPath()), 2);
    }

    double secondsOf(const FakeReply &reply)
    {
        QElapsedTimer timer;
        timer.start();
        answerOnce(reply);
        return static_cast<double>(timer.elapsed()) / 1000;
    }

    static QByteArray httpDate(const QDateTime &time)
    {
        return QLocale::c().toString(time.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    }
};

TEST_F(AnswerFaultsTest, BusyForSeconds)
{
    row("429, Retry-After in seconds");
    EXPECT_GE(secondsOf(FakeReply(429).header("Retry-After", "2")), 2.0);
}

TEST_F(AnswerFaultsTest, BusyUntilADate)
{
    row("503, Retry-After as a date");
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(3);
    EXPECT_GE(secondsOf(FakeReply(503).header("Retry-After", httpDate(soon))), 1.0);
    EXPECT_GE(QDateTime::currentDateTimeUtc(), soon.addSecs(-1)) << "a date has whole seconds";
}

TEST_F(AnswerFaultsTest, BusyUntilADateThatIsOver)
{
    row("503, Retry-After as a date that is over");
    answerOnce(FakeReply(503).header("Retry-After", "Thu, 01 Jan 1998 00:00:00 GMT"));
}

TEST_F(AnswerFaultsTest, BusyWithNonsense)
{
    row("429, Retry-After as nonsense");
    answerOnce(FakeReply(429).header("Retry-After", "when the cows come home"));
}

TEST_F(AnswerFaultsTest, BusyWithANegativeNumber)
{
    row("503, Retry-After below zero");
    answerOnce(FakeReply(503).header("Retry-After", "-5"));
}

// A minute of it is granted, and told; the gates' own test waits such a time to its end.
TEST_F(AnswerFaultsTest, BusyForTenYears)
{
    row("429, Retry-After of ten years");
    m_registry.on("GET", layerPath()).reply(FakeReply(429).header("Retry-After", "315360000")).thenAsUsual();
    const Outcome outcome = convertUntil("\"waiting\":");
    EXPECT_EQ(outcome.exitStatus, 130) << outcome;
    int seconds = 0;
    for (const QJsonObject &event : outcome.events()) {
        seconds = std::max(seconds, event.value(u"waiting"_s).toObject().value(u"seconds"_s).toInt());
    }
    EXPECT_GT(seconds, 30) << outcome;
    EXPECT_LE(seconds, 60) << outcome;
    expectUndisturbed(convert());
}

TEST_F(AnswerFaultsTest, BusyWhileItIsAskedForManifests)
{
    row("429 and 503 for manifests");
    m_registry.on("GET", "/v2/apps/one/manifests/v1")
        .reply(FakeReply(429).header("Retry-After", "0"))
        .thenReply(FakeReply(503).header("Retry-After", "0"))
        .thenAsUsual();
    expectUndisturbed(convert());
}

TEST_F(AnswerFaultsTest, BrokenFourTimes)
{
    row("EOF before headers, 500, 502, 504");
    m_registry.on("GET", layerPath())
        .reply(FakeReply::hangUp())
        .thenReply(FakeReply(500, "<html>oops</html>").header("Retry-After", "0"))
        .thenReply(FakeReply(502).header("Retry-After", "0"))
        .thenReply(FakeReply(504).header("Retry-After", "0"))
        .thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_EQ(m_registry.count("GET", layerPath()), 5) << "five tries";
}

TEST_F(AnswerFaultsTest, BrokenForGood)
{
    row("500 each time");
    m_registry.on("GET", layerPath()).reply(FakeReply(500).header("Retry-After", "0"));
    const Outcome outcome = convert();
    EXPECT_EQ(m_registry.count("GET", layerPath()), 5) << "five tries, and no more";
    expectOneFails(outcome, "500");
}

TEST_F(AnswerFaultsTest, PausesGrow)
{
    row("EOF before headers, three times");
    m_registry.on("GET", layerPath()).reply(FakeReply::hangUp()).times(3).thenAsUsual();
    QElapsedTimer timer;
    timer.start();
    expectUndisturbed(convert());
    EXPECT_GE(timer.elapsed(), 1000) << "it was given time to recover";
}

TEST_F(AnswerFaultsTest, OneForbidden)
{
    row("one image 403");
    m_registry.on("GET", "/v2/apps/one/manifests/v1").reply(FakeReply::error(403, "DENIED", "not for you"));
    const Outcome outcome = convert();
    m_registry.on("GET", "/v2/apps/one/manifests/v1").thenAsUsual();
    expectOneFails(outcome, "not for you");
}

TEST_F(AnswerFaultsTest, OneAbsent)
{
    row("one image 404");
    m_registry.on("GET", "/v2/apps/one/manifests/v1").reply(FakeReply::error(404, "MANIFEST_UNKNOWN"));
    const Outcome outcome = convert();
    m_registry.on("GET", "/v2/apps/one/manifests/v1").thenAsUsual();
    expectOneFails(outcome, "apps/one:v1 is not at " + m_registry.host().toUtf8());
}

TEST_F(AnswerFaultsTest, OneLayerForbidden)
{
    row("one layer 403");
    m_registry.on("GET", layerPath()).reply(FakeReply(403, "<html>blocked by policy</html>"));
    const Outcome outcome = convert();
    EXPECT_EQ(m_registry.count("GET", layerPath()), 1) << "a refusal is not asked again";
    EXPECT_FALSE(outcome.err.contains("<html>")) << outcome;
    expectOneFails(outcome, "does not give access");
}

class LoginFaultsTest : public FaultTest
{
protected:
    TokenGate m_gate{m_registry};
};

TEST_F(LoginFaultsTest, SuddenlyInMidRun)
{
    row("401 in mid-run: all tokens revoked");
    m_gate.revokeAt("GET", layerPath());
    expectUndisturbed(convert());
    EXPECT_EQ(m_registry.count("GET", layerPath()), 2);
    EXPECT_LE(m_gate.handedOut(), 6) << "one new token for each repository, not one for each request";
}

TEST_F(LoginFaultsTest, OneNewTokenForAllWorkers)
{
    row("401 in mid-run: eight workers");
    QByteArray list;
    ImageSpec spec;
    spec.layers = 1;
    spec.sharedLayers = 0;
    for (int i = 0; i < 12; ++i) {
        spec.seed = static_cast<quint64>(100 + i);
        m_samples.add(u"apps/one"_s, u"w%1"_s.arg(i), spec);
        list += "apps/one:w" + QByteArray::number(i) + '\n';
    }
    m_place.write(u"images.txt"_s, list);
    m_gate.revokeAt("GET", "/v2/apps/one/manifests/w11");
    const Outcome outcome = convert({u"--jobs"_s, u"8"_s});
    const int tokens = m_gate.handedOut();
    expectUndisturbed(outcome);
    EXPECT_LE(tokens, 3) << "one to ask for manifests, one when it was revoked, one to fetch";
}

TEST_F(LoginFaultsTest, ShortLivedTokens)
{
    row("token two seconds long");
    m_gate.setLifetime(std::chrono::seconds(2));
    m_registry.on("GET", layerPath()).reply(FakeReply::blob(m_layer).trickle(30'000, 250)).thenAsUsual();
    m_registry.on("GET", "/v2/apps/two/blobs/" + m_two.amd64().layers.back().toByteArray())
        .reply(FakeReply(503).header("Retry-After", "3"))
        .thenAsUsual();
    expectUndisturbed(convert());
    EXPECT_GE(m_gate.handedOut(), 3) << "renewed while the run went on";
}

TEST_F(LoginFaultsTest, TokensThatAreNoGood)
{
    row("refused token, then a good one");
    m_gate.handOutBad(1);
    expectUndisturbed(convert());
}

TEST_F(LoginFaultsTest, TokenServerBusy)
{
    row("401, and the token server answers 503 once");
    int asked = 0;
    m_registry.intercept([&](const FakeRequest &request) {
        const bool isToken = request.path == "/token";
        const bool isGood = request.header("Authorization") == "Bearer good";
        return isToken && ++asked == 1 ? std::optional(FakeReply(503).header("Retry-After", "0"))
               : isToken               ? std::optional(FakeReply::token("good"))
               : isGood                ? std::nullopt
                                       : std::optional(m_gate.refusal());
    });
    expectUndisturbed(convert());
    EXPECT_GE(asked, 2);
}

} // namespace
} // namespace layerpool::test
