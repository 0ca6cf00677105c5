// SPDX-License-Identifier: Apache-2.0
#include "FaultTest.h"

#include "FaultTable.h"

#include "base/Digester.h"
#include "support/PlainHttp.h"

#include <QTest>

#include <csignal>
#include <thread>

namespace layerpool::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPromptMs = 5'000; // to the end after Ctrl+C

constexpr qint64 kLarge = 300'000;

ImageSpec specOf(quint64 seed)
{
    ImageSpec spec;
    spec.layers = 2;
    spec.layerSizes = {4096, kLarge};
    spec.sharedLayers = 1;
    spec.base = 0;
    spec.seed = seed;
    return spec;
}

} // namespace

FaultTest::FaultTest()
    : m_one(m_samples.add(u"apps/one"_s, u"v1"_s, specOf(1)))
    , m_two(m_samples.add(u"apps/two"_s, u"v1"_s, specOf(2)))
    , m_layer(bytesOf(m_samples.blobPath(layer())))
{
    m_registry.serve(m_samples.path());
    m_place.write(u"images.txt"_s, "apps/one:v1\napps/two:v1\n");
    m_clock.start();
}

void FaultTest::row(const char *fault)
{
    m_fault = QString::fromUtf8(fault);
    m_clock.restart();
}

void FaultTest::TearDown()
{
    addFaultRow({m_fault, HasFailure() ? u"FAILED"_s : m_went, m_exitStatus, m_requests, m_seconds});
}

void FaultTest::note(const Outcome &outcome)
{
    m_exitStatus = outcome.exitStatus;
    m_requests = static_cast<int>(m_registry.requests().size());
    m_seconds = static_cast<double>(m_clock.elapsed()) / 1000;
}

QStringList FaultTest::convertWords(const QString &host, const QString &target, const QStringList &more) const
{
    return QStringList{u"convert"_s,  target, u"--list"_s,    path(u"images.txt"_s),
                       u"--source"_s, host,   u"--timeout"_s, u"1"_s} +
           more;
}

Outcome FaultTest::convertFrom(const QString &host, const QString &target, const QStringList &more) const
{
    return m_place.run(convertWords(host, target, more));
}

Outcome FaultTest::convertUntil(const QByteArray &text)
{
    const auto running = m_place.cli().start(convertWords(m_registry.host(), pool(), {u"--json"_s}));
    EXPECT_TRUE(running->waitForText(text));
    running->interrupt();
    return running->wait(kPromptMs);
}

Outcome FaultTest::convert(const QStringList &more)
{
    const Outcome outcome =
        convertFrom(m_registry.host(), pool(), QStringList{u"--failed"_s, failedList()} + more);
    note(outcome);
    return outcome;
}

Outcome FaultTest::convertAsleep(std::chrono::milliseconds time, const QStringList &more)
{
    const auto running = m_place.cli().start(
        convertWords(m_registry.host(), pool(), QStringList{u"--failed"_s, failedList()} + more));
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_registry.count("GET", layerPath()) > 0; }, 20'000));
    running->signal(SIGSTOP);
    std::this_thread::sleep_for(time); // how long it slept is what counts
    running->signal(SIGCONT);
    const Outcome outcome = running->wait();
    note(outcome);
    return outcome;
}

Outcome FaultTest::push(const QStringList &more)
{
    FakeRegistry calm;
    calm.serve(m_samples.path());
    const Outcome filled = convertFrom(calm.host(), pool(), {});
    EXPECT_EQ(filled.exitStatus, 0) << filled;
    m_registry.acceptPushes();
    m_clock.restart();
    // One at a time, so that what a script does to the first upload of a repository is done to that alone.
    const Outcome outcome =
        m_place.run(QStringList{u"push"_s, pool(), m_registry.host(), u"--timeout"_s, u"1"_s, u"--jobs"_s,
                                u"1"_s, u"--failed"_s, failedList()} +
                    more);
    note(outcome);
    return outcome;
}

void FaultTest::expectSameAsUndisturbed()
{
    FakeRegistry calm;
    calm.serve(m_samples.path());
    const Outcome outcome = convertFrom(calm.host(), path(u"calm"_s), {});
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isSame(treeOf(pool()), treeOf(path(u"calm"_s)))) << "links, blobs, nothing left in staging";
}

void FaultTest::expectUndisturbed(const Outcome &outcome)
{
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(bytesOf(failedList()), "");
    expectSameAsUndisturbed();
    m_went = u"survived"_s;
}

void FaultTest::heal()
{
    m_registry.on("GET", "/v2/*").thenAsUsual();
    m_registry.on("GET", layerPath()).thenAsUsual();
}

void FaultTest::expectOneFails(const Outcome &outcome, const QByteArray &reason)
{
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1")) << outcome;
    EXPECT_TRUE(outcome.err.contains(reason)) << outcome;
    EXPECT_EQ(bytesOf(failedList()), "apps/one:v1\n");
    EXPECT_EQ(tagLink(pool(), u"apps/one"_s, u"v1"_s), "");
    EXPECT_EQ(tagLink(pool(), u"apps/two"_s, u"v1"_s), m_two.root.toByteArray());
    EXPECT_TRUE(isVerified(m_place, pool()));
    heal();
    const Outcome again = convertFrom(m_registry.host(), pool(), {});
    ASSERT_EQ(again.exitStatus, 0) << again;
    expectSameAsUndisturbed();
    m_went = u"that image alone, then finished"_s;
}

QByteArray FaultTest::atTarget(const QByteArray &path) const
{
    return plainRequest("GET", m_registry.port(), "/v2/" + path).body;
}

void FaultTest::expectPushed(const Outcome &outcome)
{
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    m_registry.intercept({}); // no login for what is looked at from here
    for (const Sample &sample : {m_one, m_two}) {
        const QByteArray repository = sample.repository.toUtf8();
        EXPECT_TRUE(atTarget(repository + "/manifests/v1") == sample.bytes);
        for (const Digest &digest : sample.amd64().layers) {
            EXPECT_EQ(Digester::of(atTarget(repository + "/blobs/" + digest.toByteArray())), digest);
        }
    }
    m_went = u"survived"_s;
}

void FaultTest::expectOneIsNotPushed(const Outcome &outcome, const QByteArray &reason)
{
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1")) << outcome;
    EXPECT_TRUE(outcome.err.contains(reason)) << outcome;
    EXPECT_EQ(bytesOf(failedList()), "apps/one:v1\n");
    EXPECT_TRUE(atTarget("apps/two/manifests/v1") == m_two.bytes);
    m_went = u"that image alone"_s;
}

} // namespace layerpool::test
