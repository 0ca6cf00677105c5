// SPDX-License-Identifier: Apache-2.0
#include "serve/PoolServer.h"

#include "serve/PullCommands.h"
#include "support/PlainHttp.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/file.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using State = PoolServer::State;

constexpr int kWaitMs = 20'000;

class PoolServerTest : public testing::Test
{
protected:
    PoolServerTest()
    {
        QObject::connect(&m_server, &PoolServer::failed, &m_server,
                         [this](const Error &error) { m_failure = error; });
    }
    Pool pool() const { return *Pool::open(m_samples.path()); }
    bool becomes(State state)
    {
        return QTest::qWaitFor([&] { return m_server.state() == state; }, kWaitMs);
    }
    /// Whether somebody who deletes would get the pool.
    bool isFree() const
    {
        const Result<UniqueFd> lock = pool().files().openForUpdate(".layerpool/lock");
        return lock && ::flock(lock->get(), LOCK_EX | LOCK_NB) == 0;
    }

    QTemporaryDir m_folder;
    SampleRegistry m_samples{m_folder.filePath(u"a pool"_s)};
    const Sample m_image = m_samples.add(u"apps/one"_s, u"v1"_s);
    std::optional<Error> m_failure;
    PoolServer m_server;
};

TEST_F(PoolServerTest, ServesAPoolReadOnlyAndStops)
{
    m_server.start(pool());
    EXPECT_EQ(m_server.state(), State::Starting);
    EXPECT_EQ(m_server.address(), QString());
    ASSERT_TRUE(becomes(State::Serving)) << m_server.log().join(u'\n').toStdString();
    EXPECT_EQ(m_server.address(), u"127.0.0.1:%1"_s.arg(m_server.port()));
    EXPECT_EQ(m_server.program(), u"docker-registry"_s);
    EXPECT_FALSE(isFree()) << "nothing is removed from a pool that is served";
    const PlainReply reply = plainRequest("GET", m_server.port(), "/v2/apps/one/manifests/v1",
                                          {{"Accept", "application/vnd.oci.image.manifest.v1+json"}});
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, m_image.bytes);
    EXPECT_EQ(plainRequest("POST", m_server.port(), "/v2/apps/one/blobs/uploads/").status, 405);
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return !m_server.log().filter(u"GET /v2/apps/one/manifests/v1"_s).isEmpty(); }, kWaitMs))
        << m_server.log().join(u'\n').toStdString();
    m_server.stop();
    EXPECT_EQ(m_server.state(), State::Stopping);
    ASSERT_TRUE(becomes(State::Stopped));
    EXPECT_FALSE(m_failure);
    EXPECT_TRUE(isFree());
    EXPECT_EQ(plainRequest("GET", m_server.port(), "/v2/").status, 0);
}

TEST_F(PoolServerTest, ASecondStartAndStopDoNothing)
{
    QSignalSpy changes(&m_server, &PoolServer::stateChanged);
    m_server.start(pool());
    m_server.start(pool());
    ASSERT_TRUE(becomes(State::Serving));
    const quint16 port = m_server.port();
    m_server.start(pool(), 1);
    EXPECT_EQ(m_server.port(), port);
    EXPECT_EQ(changes.count(), 2);
    m_server.stop();
    m_server.stop();
    ASSERT_TRUE(becomes(State::Stopped));
    EXPECT_EQ(changes.count(), 4);
    m_server.start(pool());
    EXPECT_TRUE(becomes(State::Serving)) << "and it starts again";
}

TEST_F(PoolServerTest, StopsBeforeItServes)
{
    m_server.start(pool());
    m_server.stop();
    EXPECT_TRUE(becomes(State::Stopped));
    m_server.start(pool());
    EXPECT_TRUE(becomes(State::Serving));
    EXPECT_FALSE(m_failure);
}

TEST_F(PoolServerTest, APortThatIsTakenIsSaid)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    m_server.start(pool(), other.serverPort());
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_failure.has_value(); }, kWaitMs));
    EXPECT_EQ(m_failure->kind, ErrorKind::Conflict);
    EXPECT_EQ(m_failure->why, u"another program uses this port"_s);
    EXPECT_EQ(m_server.state(), State::Stopped);
}

TEST_F(PoolServerTest, WithoutAProgramItSaysWhatToInstall)
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    m_server.start(pool());
    EXPECT_TRUE(QTest::qWaitFor([this] { return m_failure.has_value(); }, kWaitMs));
    qputenv("PATH", path);
    ASSERT_TRUE(m_failure);
    EXPECT_EQ(m_failure->hint, u"Install the package docker-registry"_s);
}

TEST_F(PoolServerTest, ItsEndIsNoticed)
{
    m_server.start(pool());
    ASSERT_TRUE(becomes(State::Serving));
    ASSERT_EQ(::kill(static_cast<pid_t>(m_server.processId()), SIGKILL), 0);
    ASSERT_TRUE(becomes(State::Stopped));
    ASSERT_TRUE(m_failure);
    EXPECT_EQ(m_failure->kind, ErrorKind::Server);
    EXPECT_TRUE(m_failure->what.contains(u"docker-registry"_s));
    EXPECT_TRUE(isFree());
}

TEST(PullCommands, AreBoundedAndNameNoSignatures)
{
    QTemporaryDir folder;
    SampleRegistry samples(folder.path());
    const Sample image = samples.add(u"library/redis"_s, u"5"_s);
    samples.addSignature(u"library/redis"_s, image.root);
    samples.add(u"library/redis"_s, u"6"_s);
    const auto index = PoolIndex::read(*Pool::open(samples.path()));
    ASSERT_TRUE(index);
    const PullCommands all = PullCommands::ofAll(**index, PullTool::Docker, u"127.0.0.1:5000"_s, 10);
    EXPECT_EQ(all.lines, (QStringList{u"docker pull 127.0.0.1:5000/library/redis:5"_s,
                                      u"docker pull 127.0.0.1:5000/library/redis:6"_s}));
    EXPECT_EQ(all.leftOut, 0);
    const PullCommands one = PullCommands::ofAll(**index, PullTool::Podman, u"127.0.0.1:5000"_s, 1);
    EXPECT_EQ(one.lines, QStringList{u"podman pull --tls-verify=false 127.0.0.1:5000/library/redis:5"_s});
    EXPECT_EQ(one.leftOut, 1);
    EXPECT_EQ(pullCommand(PullTool::Podman, {}, u"redis:5"_s), u"podman pull redis:5"_s);
}

} // namespace
} // namespace layerpool::test
