// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>

namespace layerpool::test {

/// Some program's server on a free port of 127.0.0.1. Ended by its id when it goes out of scope; it also dies
/// with the test.
class ServerProcess
{
public:
    struct Recipe
    {
        QString program;
        /// Writes its configuration for this port into the directory; the words to start it with.
        std::function<QStringList(quint16 port, const QString &directory)> configure;
        /// Whether what listens on the port answers as it should; connecting is enough where it is not set.
        std::function<bool(quint16 port)> answers = {};
    };

    /// Waits until it answers; `isUp` tells whether it did within ten seconds.
    explicit ServerProcess(Recipe recipe);
    ~ServerProcess();

    bool isUp() const { return m_isUp; }
    quint16 port() const { return m_port; }
    /// `127.0.0.1:PORT`.
    QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    /// Its own, for its configuration and whatever it keeps.
    QString directory() const { return m_directory.path(); }
    /// What it printed so far.
    QByteArray log() const;
    /// Ends it at once, in the middle of whatever it does.
    void kill();
    /// Starts it again on the same port, and waits until it answers.
    bool startAgain();

private:
    bool startOnFreePort();
    bool start();
    bool waitUntilItAnswers();

    Recipe m_recipe;
    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
    bool m_isUp = false;
};

/// Ends the program where it can't: a test without its files can't go on.
void writeFile(const QString &path, const QByteArray &bytes);

} // namespace layerpool::test
