// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <ostream>
#include <vector>

namespace layerpool::test {

struct RunOptions
{
    QByteArray input = {}; ///< for standard input, which is then closed
    QMap<QString, QString> environment =
        {}; ///< on top of the test's own; a null string takes a variable away
    QString workingDirectory = {};
    int timeoutMs = 60'000; ///< then the program is killed
};

/// How a program ended, and what it said.
struct Outcome
{
    int exitStatus = -1; ///< -1: did not start, crashed or ran out of time
    bool isTimedOut = false;
    QByteArray out;
    QByteArray err;

    /// Each line of `out` that is a JSON object, in order.
    std::vector<QJsonObject> events() const;
    /// The last of them whose `event` is `result`; empty where there is none.
    QJsonObject result() const;

    /// So that `EXPECT_EQ(outcome.exitStatus, 0) << outcome` tells why.
    friend std::ostream &operator<<(std::ostream &stream, const Outcome &outcome);
};

/// Runs a program to its end.
Outcome run(const QString &program, const QStringList &arguments, const RunOptions &options = {});

/// A program that runs while the test goes on; killed, by its id, when this goes out of scope. It also dies
/// with the test.
class BackgroundRun
{
public:
    BackgroundRun(const QString &program, const QStringList &arguments, const RunOptions &options = {});
    ~BackgroundRun();

    qint64 processId() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// Sends a signal, SIGINT for Ctrl+C.
    void signal(int number) const;
    void interrupt() const;
    /// Waits until standard output or standard error holds the text.
    bool waitForText(const QByteArray &text, int timeoutMs = 30'000);
    /// Standard output so far.
    const QByteArray &said() const { return m_outcome.out; }
    /// Waits for the end; kills what takes longer.
    Outcome wait(int timeoutMs = 60'000);

private:
    void collect();

    QProcess m_process;
    Outcome m_outcome;
};

/// Runs layerpool-cli, away from the home directory, credentials and proxies of whoever runs the tests.
class Cli
{
public:
    Cli();

    /// Stands for the user's home; `.config`, `.docker` and the runtime directory are below it.
    QString home() const { return m_home.path(); }
    /// Added to every run from now on.
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }

    Outcome run(const QStringList &arguments, RunOptions options = {}) const;
    std::unique_ptr<BackgroundRun> start(const QStringList &arguments, RunOptions options = {}) const;

private:
    RunOptions completed(RunOptions options) const;

    QTemporaryDir m_home;
    QMap<QString, QString> m_environment;
};

} // namespace layerpool::test
