// SPDX-License-Identifier: Apache-2.0
#include "support/Run.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonDocument>
#include <QProcessEnvironment>

#include <csignal>
#include <sys/prctl.h>

namespace layerpool::test {
namespace {

constexpr int kPollMs = 20;

void prepare(QProcess &process, const RunOptions &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto variable = options.environment.begin(); variable != options.environment.end(); ++variable) {
        if (variable->isNull()) {
            environment.remove(variable.key());
        } else {
            environment.insert(variable.key(), *variable);
        }
    }
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(options.workingDirectory);
    // A test that crashes or is killed leaves nothing running behind it.
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

void begin(QProcess &process, const QString &program, const QStringList &arguments, const RunOptions &options)
{
    prepare(process, options);
    process.start(program, arguments);
    process.write(options.input);
    process.closeWriteChannel();
}

} // namespace

std::vector<QJsonObject> Outcome::events() const
{
    std::vector<QJsonObject> found;
    for (const QByteArray &line : out.split('\n')) {
        if (const QJsonDocument document = QJsonDocument::fromJson(line); document.isObject()) {
            found.push_back(document.object());
        }
    }
    return found;
}

QJsonObject Outcome::result() const
{
    QJsonObject last;
    for (const QJsonObject &event : events()) {
        if (event.value(QLatin1String("event")).toString() == QLatin1String("result")) {
            last = event;
        }
    }
    return last;
}

std::ostream &operator<<(std::ostream &stream, const Outcome &outcome)
{
    return stream << "exit status " << outcome.exitStatus << (outcome.isTimedOut ? " (timed out)" : "")
                  << "\n--- standard output\n"
                  << outcome.out.right(8000).toStdString() << "\n--- standard error\n"
                  << outcome.err.right(8000).toStdString();
}

Outcome run(const QString &program, const QStringList &arguments, const RunOptions &options)
{
    BackgroundRun running(program, arguments, options);
    return running.wait(options.timeoutMs);
}

BackgroundRun::BackgroundRun(const QString &program, const QStringList &arguments, const RunOptions &options)
{
    begin(m_process, program, arguments, options);
    if (!m_process.waitForStarted()) {
        m_outcome.err = "cannot start " + program.toUtf8() + ": " + m_process.errorString().toUtf8();
    } else if (!options.input.isEmpty()) {
        m_process.waitForBytesWritten(); // else it goes out when somebody waits for the end
    }
}

BackgroundRun::~BackgroundRun()
{
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

void BackgroundRun::signal(int number) const
{
    if (processId() > 0) {
        ::kill(static_cast<pid_t>(processId()), number);
    }
}

void BackgroundRun::interrupt() const
{
    signal(SIGINT);
}

void BackgroundRun::collect()
{
    m_outcome.out += m_process.readAllStandardOutput();
    m_outcome.err += m_process.readAllStandardError();
}

bool BackgroundRun::waitForText(const QByteArray &text, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (true) {
        collect();
        if (m_outcome.out.contains(text) || m_outcome.err.contains(text)) {
            return true;
        }
        if (!isRunning() || deadline.hasExpired()) {
            return false;
        }
        m_process.waitForFinished(kPollMs); // also reads what came
    }
}

Outcome BackgroundRun::wait(int timeoutMs)
{
    if (isRunning() && !m_process.waitForFinished(timeoutMs)) {
        m_outcome.isTimedOut = true;
        m_process.kill();
        m_process.waitForFinished();
    }
    collect();
    const bool hasEnded = m_process.error() != QProcess::FailedToStart &&
                          m_process.exitStatus() == QProcess::NormalExit && !m_outcome.isTimedOut;
    m_outcome.exitStatus = hasEnded ? m_process.exitCode() : -1;
    return m_outcome;
}

Cli::Cli()
{
    const QDir home(m_home.path());
    for (const char *folder : {"config", "cache", "data", "state", "runtime"}) {
        home.mkdir(QLatin1String(folder));
    }
    m_environment = {{QStringLiteral("HOME"), home.path()},
                     {QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config"))},
                     {QStringLiteral("XDG_CACHE_HOME"), home.filePath(QStringLiteral("cache"))},
                     {QStringLiteral("XDG_DATA_HOME"), home.filePath(QStringLiteral("data"))},
                     {QStringLiteral("XDG_STATE_HOME"), home.filePath(QStringLiteral("state"))},
                     {QStringLiteral("XDG_RUNTIME_DIR"), home.filePath(QStringLiteral("runtime"))},
                     {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), // else its keyring
                      QStringLiteral("unix:path=") + home.filePath(QStringLiteral("no-bus"))},
                     {QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8")}};
    for (const char *name : {"REGISTRY_AUTH_FILE", "DOCKER_CONFIG", "http_proxy", "https_proxy", "all_proxy",
                             "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
        m_environment.insert(QLatin1String(name), QString());
    }
}

RunOptions Cli::completed(RunOptions options) const
{
    for (auto variable = m_environment.begin(); variable != m_environment.end(); ++variable) {
        if (!options.environment.contains(variable.key())) {
            options.environment.insert(variable.key(), *variable);
        }
    }
    return options;
}

Outcome Cli::run(const QStringList &arguments, RunOptions options) const
{
    return test::run(QStringLiteral(LAYERPOOL_CLI), arguments, completed(std::move(options)));
}

std::unique_ptr<BackgroundRun> Cli::start(const QStringList &arguments, RunOptions options) const
{
    return std::make_unique<BackgroundRun>(QStringLiteral(LAYERPOOL_CLI), arguments,
                                           completed(std::move(options)));
}

} // namespace layerpool::test
