// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/PlainHttp.h"
#include "support/ReadOnly.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <csignal>

// layerpool-cli serve: the machine's own registry over a pool, asked by skopeo.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kServePromptMs = 5'000;
constexpr int kWaitMs = 20'000;

/// Programs that this one has started and that still run.
std::vector<pid_t> childrenOf(qint64 parent)
{
    std::vector<pid_t> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const QByteArray status = bytesOf(u"/proc/%1/status"_s.arg(name));
        if (status.contains("\nPPid:\t" + QByteArray::number(parent) + '\n')) {
            children.push_back(name.toInt());
        }
    }
    return children;
}

bool isGone(pid_t process)
{
    const QByteArray status = bytesOf(u"/proc/%1/status"_s.arg(process));
    return status.isEmpty() || status.contains("\nState:\tZ"); // nobody may collect it
}

class ServeTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool();
    }
    std::unique_ptr<BackgroundRun> serve(const QStringList &more = {}, const RunOptions &options = {})
    {
        auto running = m_place.cli().start(QStringList{u"serve"_s, pool(), u"--json"_s} + more, options);
        if (!running->waitForText("\"event\":\"serving\"", kWaitMs)) {
            ADD_FAILURE() << running->wait(1);
        }
        return running;
    }
    /// What the program said when it served.
    static QJsonObject servingEvent(BackgroundRun &running)
    {
        running.interrupt();
        for (const QJsonObject &event : running.wait(kServePromptMs).events()) {
            if (event.value(u"event"_s) == u"serving"_s) {
                return event;
            }
        }
        return {};
    }
    static quint16 freePort()
    {
        QTcpServer any;
        EXPECT_TRUE(any.listen(QHostAddress::LocalHost));
        return any.serverPort();
    }
    static QStringList at(quint16 port) { return {u"--port"_s, QString::number(port)}; }
    static bool answers(quint16 port) { return plainRequest("GET", port, "/v2/").status == 200; }
};

TEST_F(ServeTest, SkopeoPullsAllThatThePoolHas)
{
    const quint16 port = freePort();
    const Tree before = treeOf(pool() + u"/docker"_s);
    const auto running = serve(at(port));
    const QString host = u"127.0.0.1:%1"_s.arg(port);
    const Manifests pulled = copiedBySkopeo(
        host, {u"apps/one:v1"_s, u"apps/two:v1"_s, u"apps/two:v2"_s, u"plain:1"_s}, path(u"copy"_s), false);
    EXPECT_EQ(pulled.at(u"apps/one:v1"_s), tagManifest(pool(), u"apps/one"_s, u"v1"_s));
    EXPECT_EQ(pulled.at(u"plain:1"_s), m_plain.bytes);
    const Outcome pushed = run(u"skopeo"_s,
                               {u"copy"_s, u"--insecure-policy"_s, u"--dest-tls-verify=false"_s,
                                u"dir:"_s + path(u"copy-0"_s), u"docker://%1/apps/new:v1"_s.arg(host)},
                               forSkopeo());
    EXPECT_NE(pushed.exitStatus, 0) << "nothing is written to it";
    running->interrupt();
    const Outcome ended = running->wait(kServePromptMs);
    EXPECT_EQ(ended.exitStatus, 0) << ended;
    EXPECT_EQ(ended.result().value(u"command"_s).toString(), u"serve"_s) << ended;
    EXPECT_TRUE(ended.out.contains("\"event\":\"log\"")) << ended;
    EXPECT_TRUE(ended.out.contains("GET /v2/apps/one/manifests/v1")) << ended;
    EXPECT_FALSE(answers(port));
    EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), before));
}

TEST_F(ServeTest, SaysWhereItServesAndHowToPull)
{
    const auto running = m_place.cli().start({u"serve"_s, pool()});
    ASSERT_TRUE(running->waitForText("Ctrl+C ends it.", kWaitMs)) << running->wait(1);
    running->signal(SIGTERM);
    const Outcome outcome = running->wait(kServePromptMs);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.out.contains("Serving " + QFile::encodeName(pool()) + " at 127.0.0.1:")) << outcome;
    EXPECT_TRUE(outcome.out.contains("/apps/one:v1\n")) << outcome;
    EXPECT_TRUE(outcome.out.contains("  docker pull 127.0.0.1:")) << outcome;
}

TEST_F(ServeTest, TwoAtATimeTakePortsOfTheirOwn)
{
    const auto one = serve();
    const auto two = serve();
    const int first = servingEvent(*one).value(u"port"_s).toInt();
    const int second = servingEvent(*two).value(u"port"_s).toInt();
    EXPECT_GE(first, 5000);
    EXPECT_NE(first, second);
}

TEST_F(ServeTest, AKilledProgramLeavesNoRegistryBehind)
{
    const quint16 port = freePort();
    const auto running = serve(at(port));
    const std::vector<pid_t> children = childrenOf(running->processId());
    ASSERT_EQ(children.size(), 1U);
    ASSERT_TRUE(answers(port));
    running->signal(SIGKILL);
    running->wait(kServePromptMs);
    EXPECT_TRUE(QTest::qWaitFor([&] { return isGone(children.front()); }, kServePromptMs));
    EXPECT_FALSE(answers(port));
}

TEST_F(ServeTest, ARegistryThatIsKilledEndsTheCommand)
{
    const auto running = serve();
    const std::vector<pid_t> children = childrenOf(running->processId());
    ASSERT_EQ(children.size(), 1U);
    ::kill(children.front(), SIGKILL);
    const Outcome outcome = running->wait(kServePromptMs);
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.out.contains("has ended by itself")) << outcome;
}

TEST_F(ServeTest, WhatStandsInTheWayIsSaid)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    const Outcome taken = m_place.run(QStringList{u"serve"_s, pool()} + at(other.serverPort()));
    EXPECT_EQ(taken.exitStatus, 3) << taken;
    EXPECT_TRUE(taken.err.contains("another program uses this port")) << taken;

    RunOptions bare;
    bare.environment = {{u"PATH"_s, path(u"nothing"_s)}};
    const Outcome none = m_place.run({u"serve"_s, pool()}, bare);
    EXPECT_EQ(none.exitStatus, 4) << none;
    EXPECT_TRUE(none.err.contains("Install the package docker-registry")) << none;

    EXPECT_EQ(m_place.run({u"serve"_s, path(u"none"_s)}).exitStatus, 3);
    EXPECT_EQ(m_place.run({u"serve"_s}).exitStatus, 2);
    EXPECT_EQ(m_place.run({u"serve"_s, pool(), u"--port"_s, u"70000"_s}).exitStatus, 2);
}

// Stands in for an engine: it runs what the container would, with the pool where the mount says, in a process
// of its own that outlives the engine's client.
constexpr char kFakeEngine[] = R"sh(#!/bin/sh
PATH=@PATH@
printf '%s\n' "$@" >@PLACE@/words
for inside in "$@"; do :; done
port=$(sed -n 's/^127.0.0.1:\(.*\):5000$/\1/p' @PLACE@/words)
pool=$(sed -n 's/.*"source=\(.*\)",target.*/\1/p' @PLACE@/words)
adapt="sed -i 's,/var/lib/registry,$pool,; s,0.0.0.0:5000,127.0.0.1:$port,' @PLACE@/config.yml"
inside=$(printf '%s' "$inside" | sed "s#/tmp/#@PLACE@/#g; s#kill 1#kill \$\$#; s#exec registry#$adapt; exec docker-registry#")
exec 3<&0
setsid /bin/sh -c "$inside" <&3 &
wait
)sh";

TEST_F(ServeTest, WithoutARegistryAnEngineRunsOneAndItEndsWithUs)
{
    ASSERT_TRUE(QDir().mkpath(path(u"bin"_s)));
    const QString engine =
        m_place.write(u"bin/podman"_s, QByteArray(kFakeEngine)
                                           .replace("@PATH@", qgetenv("PATH"))
                                           .replace("@PLACE@", QFile::encodeName(path({}))));
    ASSERT_TRUE(QFile::setPermissions(engine, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    RunOptions onlyEngine;
    onlyEngine.environment = {{u"PATH"_s, path(u"bin"_s)}};
    const quint16 port = freePort();
    const auto running = serve(at(port), onlyEngine);
    EXPECT_TRUE(answers(port));
    const QByteArray words = bytesOf(path(u"words"_s));
    EXPECT_TRUE(words.contains("\ndocker.io/library/registry:2\n")) << words.toStdString();
    running->signal(SIGKILL); // the engine's client goes with us; the container sees the end of its input
    running->wait(kServePromptMs);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !answers(port); }, kServePromptMs));
}

TEST_F(ServeTest, APoolOnAReadOnlyDiskIsServed)
{
    const ReadOnly disk(pool());
    if (!disk.isOne()) {
        GTEST_SKIP() << "nobody may mount here";
    }
    const quint16 port = freePort();
    const auto running = serve(at(port));
    const Manifests pulled =
        copiedBySkopeo(u"127.0.0.1:%1"_s.arg(port), {u"apps/one:v1"_s}, path(u"copy"_s), false);
    EXPECT_EQ(pulled.at(u"apps/one:v1"_s), tagManifest(pool(), u"apps/one"_s, u"v1"_s));
    EXPECT_EQ(m_place.run({u"verify"_s, pool()}).exitStatus, 0);
    const Outcome refused = convert(allLines);
    EXPECT_EQ(refused.exitStatus, 3) << refused;
}

} // namespace
} // namespace layerpool::test
