// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "pool/PoolLock.h"
#include "serve/RegistryLog.h"
#include "serve/RegistryProgram.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace layerpool {

/// Serves a pool by the machine's own registry: read-only, on a port of 127.0.0.1, for as long as this lives.
/// The registry dies with the thread that started it, however that ends, so it is for the thread of `main`.
/// Nothing blocks there but the destructor, which waits two seconds at the most.
class PoolServer final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Serving, Stopping };

    /// Ports are looked for from here where any will do: registries are known by this one.
    static constexpr quint16 firstPort = 5000;

    explicit PoolServer(QObject *parent = nullptr);
    ~PoolServer() override;

    /// Nothing where it isn't stopped. `port`: 0 for any that is free. Holds the pool as a reader does.
    void start(const Pool &pool, quint16 port = 0);
    void stop();

    State state() const { return m_state; }
    /// HOST:PORT; empty while it doesn't serve.
    QString address() const;
    quint16 port() const { return m_port; }
    /// Of the pool that is served, or was last; empty where none was.
    QString poolPath() const { return m_pool ? m_pool->path() : QString(); }
    /// The program that serves; empty until one was found.
    const QString &program() const { return m_program.name; }
    /// Of the registry, or of the engine's client; 0 while none runs.
    qint64 processId() const { return m_process ? m_process->processId() : 0; }
    /// The newest lines of the registry's log since the last start.
    const QStringList &log() const { return m_log.lines(); }

Q_SIGNALS:
    void stateChanged();
    /// A line was added to the log.
    void logged(const QString &line);
    /// It serves no more, or never did: Conflict (the port, or what is being removed from the pool),
    /// Unreachable (no program), Server (the registry ended by itself), Storage.
    void failed(const layerpool::Error &error);

private:
    struct Preparation;

    void prepare(quint16 from);
    void onPrepared(Result<Preparation> prepared);
    void startProcess();
    void giveInput();
    void waitForAnswer();
    void onAnswered(const Status &answered);
    void onFinished(int exitCode, QProcess::ExitStatus how);
    void tell(const QStringList &lines);
    Error endOf(int exitCode, QProcess::ExitStatus how) const;
    void endProcess();
    void fail(const Error &error);
    void become(State state);
    template <typename Work, typename Then>
    void inWorker(Work work, Then then);

    State m_state = State::Stopped;
    CancelToken m_cancel; ///< of what was started last
    std::shared_ptr<const Pool> m_pool;
    PoolLock m_lock;
    RegistryProgram m_program;
    quint16 m_wantedPort = 0;
    quint16 m_port = 0;
    QByteArray m_mark;
    RegistryLaunch m_launch;
    std::unique_ptr<QProcess> m_process; ///< null while none runs
    QTimer m_patience;                   ///< with a registry that was asked to end
    RegistryLog m_log;
    QThreadPool m_workers;
};

} // namespace layerpool
