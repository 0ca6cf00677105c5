// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProxy.h"

#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace layerpool::test {

/// One client of the proxy, in its thread.
class FakeProxyConnection : public QObject
{
public:
    FakeProxyConnection(FakeProxy *proxy, QTcpSocket *client)
        : QObject(client), m_proxy(proxy), m_client(client), m_server(new QTcpSocket(this))
    {
        m_server->setProxy(QNetworkProxy::NoProxy);
        connect(client, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(m_server, &QTcpSocket::readyRead, this, [this] { m_client->write(m_server->readAll()); });
        connect(m_server, &QTcpSocket::disconnected, this, [this] { m_client->disconnectFromHost(); });
    }

private:
    void read()
    {
        if (m_isTunnel) {
            m_server->write(m_client->readAll());
            return;
        }
        m_input += m_client->readAll();
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        QByteArrayList lines = m_input.first(end).split('\n');
        m_input.remove(0, end + 4);
        const QByteArrayList words = lines.front().trimmed().split(' ');
        if (!m_proxy->m_login.isEmpty() && !hasLogin(lines)) {
            m_proxy->noteRefusal();
            m_client->write("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                            "Content-Length: 0\r\n\r\n");
            return;
        }
        m_proxy->note(words.value(0) + ' ' + words.value(1));
        m_isTunnel = words.value(0) == "CONNECT";
        if (m_isTunnel) {
            open(static_cast<quint16>(words.value(1).split(':').last().toUInt()));
            m_client->write("HTTP/1.1 200 Connected\r\n\r\n");
            return;
        }
        const QUrl url(QString::fromLatin1(words.value(1)));
        open(static_cast<quint16>(url.port(80)));
        lines.front() = words.value(0) + ' ' + url.path().toLatin1() + " HTTP/1.1\r";
        m_server->write(lines.join('\n') + "\r\n\r\n");
    }

    bool hasLogin(const QByteArrayList &lines) const
    {
        return lines.contains("Proxy-Authorization: Basic " + m_proxy->m_login.toBase64() + '\r') ||
               lines.contains("Proxy-Authorization: Basic " + m_proxy->m_login.toBase64());
    }

    void open(quint16 port)
    {
        if (m_server->state() == QAbstractSocket::UnconnectedState) {
            m_server->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        }
    }

    FakeProxy *m_proxy;
    QTcpSocket *m_client;
    QTcpSocket *m_server;
    QByteArray m_input;
    bool m_isTunnel = false;
};

FakeProxy::FakeProxy(const QByteArray &login) : m_login(login)
{
    m_worker = new QObject;
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    const auto start = [this] {
        auto *server = new QTcpServer(m_worker);
        QObject::connect(server, &QTcpServer::newConnection, m_worker, [this, server] {
            while (QTcpSocket *socket = server->nextPendingConnection()) {
                new FakeProxyConnection(this, socket);
            }
        });
        if (!server->listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen on 127.0.0.1");
        }
        m_port = server->serverPort();
    };
    QMetaObject::invokeMethod(m_worker, start, Qt::BlockingQueuedConnection);
}

FakeProxy::~FakeProxy()
{
    QMetaObject::invokeMethod(
        m_worker, [this] { delete m_worker; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

QString FakeProxy::url(const QString &login) const
{
    const QString before = login.isEmpty() ? QString() : login + QLatin1Char('@');
    return QStringLiteral("http://%1%2:%3").arg(before, QStringLiteral("127.0.0.1")).arg(m_port);
}

void FakeProxy::note(const QByteArray &line)
{
    const std::scoped_lock lock(m_mutex);
    m_passed << line;
}

void FakeProxy::noteRefusal()
{
    const std::scoped_lock lock(m_mutex);
    ++m_refusals;
}

QByteArrayList FakeProxy::passed() const
{
    const std::scoped_lock lock(m_mutex);
    return m_passed;
}

int FakeProxy::refusals() const
{
    const std::scoped_lock lock(m_mutex);
    return m_refusals;
}

} // namespace layerpool::test
