// SPDX-License-Identifier: Apache-2.0
#include "serve/PoolServer.h"

#include "base/Text.h"
#include "serve/LoopbackPort.h"

#include <QFutureWatcher>
#include <QUuid>
#include <QtConcurrentRun>

#include <chrono>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr int kEndMs = 2000;
// An engine may have to fetch the registry's image first.
constexpr std::chrono::milliseconds kRegistryPatience = 20s;
constexpr std::chrono::milliseconds kEnginePatience = 10min;

} // namespace

struct PoolServer::Preparation
{
    RegistryProgram program;
    quint16 port = 0;
    std::shared_ptr<PoolLock> lock; ///< shared: a future's value is copied
};

PoolServer::PoolServer(QObject *parent) : QObject(parent)
{
    m_workers.setMaxThreadCount(2); // one may still be giving up on an earlier start
    m_patience.setSingleShot(true);
    m_patience.setInterval(kEndMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_process) {
            m_process->kill();
        }
    });
}

PoolServer::~PoolServer()
{
    m_cancel.cancel();
    if (m_process) {
        m_process->disconnect(this);
        m_process->closeWriteChannel();
        m_process->terminate();
        if (!m_process->waitForFinished(kEndMs)) {
            m_process->kill();
            m_process->waitForFinished();
        }
    }
    m_workers.waitForDone();
}

QString PoolServer::address() const
{
    return m_state == State::Serving ? loopback::hostAt(m_port) : QString();
}

void PoolServer::become(State state)
{
    if (state == State::Stopped) {
        m_lock = PoolLock();
    }
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void PoolServer::fail(const Error &error)
{
    m_cancel.cancel();
    become(State::Stopped);
    Q_EMIT failed(error);
}

template <typename Work, typename Then>
void PoolServer::inWorker(Work work, Then then)
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(this);
    connect(watcher, &QFutureWatcher<Value>::finished, this,
            [watcher, then = std::move(then), cancel = m_cancel] {
                watcher->deleteLater();
                if (!cancel.isCancelled()) { // else it was of a start that is over
                    then(watcher->result());
                }
            });
    watcher->setFuture(QtConcurrent::run(&m_workers, std::move(work)));
}

void PoolServer::start(const Pool &pool, quint16 port)
{
    if (m_state != State::Stopped) {
        return;
    }
    m_cancel = CancelToken();
    m_pool = std::make_shared<const Pool>(pool);
    m_wantedPort = port;
    m_program = {};
    m_log.clear();
    become(State::Starting);
    prepare(firstPort);
}

void PoolServer::prepare(quint16 from)
{
    inWorker(
        [pool = m_pool, wanted = m_wantedPort, from]() -> Result<Preparation> {
            Result<RegistryProgram> program = RegistryProgram::find();
            if (!program) {
                return program.error();
            }
            if (const Status usable = wanted > 0 ? loopback::check(wanted) : Status(); !usable) {
                return usable.error();
            }
            Result<PoolLock> lock = PoolLock::shareForReading(*pool);
            if (!lock) {
                return lock.error();
            }
            return Preparation{*std::move(program), wanted > 0 ? wanted : loopback::freeFrom(from),
                               std::make_shared<PoolLock>(*std::move(lock))};
        },
        [this](Result<Preparation> prepared) { onPrepared(std::move(prepared)); });
}

void PoolServer::onPrepared(Result<Preparation> prepared)
{
    if (!prepared) {
        fail(prepared.error());
        return;
    }
    m_program = prepared->program;
    m_port = prepared->port;
    m_lock = std::move(*prepared->lock);
    m_mark = QUuid::createUuid().toByteArray(QUuid::Id128);
    m_launch = launchFor(m_program, m_pool->path(), m_port, m_mark);
    startProcess();
}

void PoolServer::startProcess()
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setProcessEnvironment(m_launch.environment);
    m_process->setWorkingDirectory(QStringLiteral("/"));
    m_process->setChildProcessModifier([parent = ::getpid()] {
        ::setpgid(0, 0); // Ctrl+C is for us: we end it
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) {
            ::_exit(1); // we were gone before it could be told
        }
    });
    connect(m_process.get(), &QProcess::started, this, &PoolServer::giveInput);
    connect(m_process.get(), &QProcess::readyRead, this, [this] { tell(m_log.add(m_process->readAll())); });
    connect(m_process.get(), &QProcess::finished, this, &PoolServer::onFinished);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            m_process.release()->deleteLater();
            fail({ErrorKind::Unreachable, Text::tr("Cannot start %1").arg(m_program.path),
                  Text::tr("the system refuses to run it"), Text::tr("Install the package docker-registry")});
        }
    });
    m_process->start(m_program.path, m_launch.arguments);
}

void PoolServer::giveInput()
{
    m_process->write(m_launch.input);
    if (!m_launch.keepsInputOpen) {
        m_process->closeWriteChannel();
    }
    if (m_state == State::Starting) {
        waitForAnswer();
    }
}

void PoolServer::waitForAnswer()
{
    const QDeadlineTimer deadline(m_program.isEngine ? kEnginePatience : kRegistryPatience);
    inWorker([port = m_port, mark = m_mark, deadline,
              cancel = m_cancel] { return loopback::waitForRegistry(port, mark, deadline, cancel); },
             [this](const Status &answered) { onAnswered(answered); });
}

void PoolServer::onAnswered(const Status &answered)
{
    if (m_state != State::Starting) {
        return; // it has ended meanwhile
    }
    if (answered) {
        become(State::Serving);
        return;
    }
    m_cancel.cancel();
    become(State::Stopping);
    endProcess();
    Q_EMIT failed(answered.error());
}

void PoolServer::stop()
{
    if (m_state == State::Stopped || m_state == State::Stopping) {
        return;
    }
    m_cancel.cancel();
    if (!m_process) {
        become(State::Stopped);
        return;
    }
    become(State::Stopping);
    endProcess();
}

void PoolServer::endProcess()
{
    m_process->closeWriteChannel();
    m_process->terminate();
    m_patience.start();
}

void PoolServer::onFinished(int exitCode, QProcess::ExitStatus how)
{
    m_patience.stop();
    tell(m_log.add(m_process->readAll()) + m_log.finish());
    m_process.release()->deleteLater(); // it is it that calls
    if (m_state == State::Stopping) {
        become(State::Stopped);
    } else if (m_state == State::Serving || !m_log.saysPortIsTaken()) {
        fail(endOf(exitCode, how));
    } else if (m_wantedPort > 0) {
        fail(loopback::taken(m_wantedPort));
    } else { // between the look and the start another program was quicker
        m_cancel.cancel();
        m_cancel = CancelToken();
        m_log.clear();
        prepare(static_cast<quint16>(m_port + 1));
    }
}

Error PoolServer::endOf(int exitCode, QProcess::ExitStatus how) const
{
    const QString reason = m_log.reason();
    return {ErrorKind::Server,
            Text::tr("The registry has ended by itself (%1)", "a program's name").arg(m_program.name),
            how == QProcess::CrashExit ? Text::tr("another program ended it, or it crashed")
            : reason.isEmpty()         ? Text::tr("its exit status is %1").arg(exitCode)
                                       : reason,
            Text::tr("See what its log says, then start it again")};
}

void PoolServer::tell(const QStringList &lines)
{
    for (const QString &line : lines) {
        Q_EMIT logged(line);
    }
}

} // namespace layerpool
