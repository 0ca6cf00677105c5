// SPDX-License-Identifier: Apache-2.0
#include "support/ServerProcess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace layerpool::test {
namespace {

constexpr int kUpMs = 10'000;
constexpr int kProbeMs = 20;
constexpr int kStarts = 5; // another program may take the port between the look and the start

// Of a range of this process's own, below the ports that the kernel gives to everybody who asks for any: a
// server that came late to its port would not be missed where another test's answers there.
constexpr int kFirstPort = 16'384;
constexpr int kRanges = 1024;
constexpr int kPortsInRange = 16;

quint16 freePort()
{
    static int next = 0;
    const int first = kFirstPort + static_cast<int>(::getpid()) % kRanges * kPortsInRange;
    for (int looked = 0; looked < kPortsInRange; ++looked) {
        const auto port = static_cast<quint16>(first + next++ % kPortsInRange);
        if (QTcpServer().listen(QHostAddress::LocalHost, port)) {
            return port;
        }
    }
    return 0;
}

} // namespace

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        qFatal("cannot write %s", qUtf8Printable(path));
    }
}

ServerProcess::ServerProcess(Recipe recipe) : m_recipe(std::move(recipe))
{
    for (int attempt = 0; attempt < kStarts && !m_isUp; ++attempt) {
        m_isUp = startOnFreePort();
    }
}

ServerProcess::~ServerProcess()
{
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished();
    m_isUp = false;
}

bool ServerProcess::startAgain()
{
    m_isUp = start();
    return m_isUp;
}

bool ServerProcess::startOnFreePort()
{
    m_port = freePort();
    return start();
}

bool ServerProcess::start()
{
    const QStringList arguments = m_recipe.configure(m_port, directory());
    const QString log = m_directory.filePath(QStringLiteral("log"));
    m_process.setStandardOutputFile(log, QIODevice::Append);
    m_process.setStandardErrorFile(log, QIODevice::Append);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(
        QStringLiteral("REGISTRY_AUTH_FILE")); // docker-registry takes it for a setting of its own
    m_process.setProcessEnvironment(environment);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(m_recipe.program, arguments);
    return m_process.waitForStarted() && waitUntilItAnswers();
}

bool ServerProcess::waitUntilItAnswers()
{
    const QDeadlineTimer deadline(kUpMs);
    while (!deadline.hasExpired()) {
        if (m_process.waitForFinished(kProbeMs)) {
            return false; // it ended: most likely the port was taken
        }
        QTcpSocket probe;
        probe.setProxy(QNetworkProxy::NoProxy);
        probe.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        if (probe.waitForConnected(kProbeMs) && (!m_recipe.answers || m_recipe.answers(m_port))) {
            return true;
        }
    }
    return false;
}

QByteArray ServerProcess::log() const
{
    QFile file(m_directory.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace layerpool::test
