// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QThread>

#include <mutex>
#include <vector>

namespace layerpool::test {

/// An HTTP proxy on 127.0.0.1, in a thread of its own. It leads every name to this machine, at the port that
/// is asked for, so that a test can speak of hosts that do not exist. Both forms: CONNECT, and a GET or HEAD
/// of a whole URL.
class FakeProxy
{
public:
    /// Where a login is given (`name:password`), others are answered with 407.
    explicit FakeProxy(const QByteArray &login = {});
    ~FakeProxy();

    quint16 port() const { return m_port; }
    /// `http://127.0.0.1:PORT`, with the login where one is given.
    QString url(const QString &login = {}) const;

    /// What it was asked for and let through, as "CONNECT host:port" or "GET http://…".
    QByteArrayList passed() const;
    /// How often it asked for a login.
    int refusals() const;

private:
    friend class FakeProxyConnection;

    void note(const QByteArray &line);
    void noteRefusal();

    const QByteArray m_login;
    mutable std::mutex m_mutex; ///< guards the two below
    QByteArrayList m_passed;
    int m_refusals = 0;
    quint16 m_port = 0;
    QThread m_thread;
    QObject *m_worker = nullptr; ///< lives in m_thread, owns the server
};

} // namespace layerpool::test
