// SPDX-License-Identifier: Apache-2.0
#include "support/PlainHttp.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace layerpool::test {
namespace {

QByteArray requestText(const QByteArray &method, const QByteArray &target, quint16 port,
                       const QHash<QByteArray, QByteArray> &headers, const QByteArray &body)
{
    QByteArray text =
        method + ' ' + target + " HTTP/1.0\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n";
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        text += header.key() + ": " + *header + "\r\n";
    }
    if (!body.isEmpty() || method == "PUT" || method == "POST") {
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    }
    return text + "\r\n" + body;
}

PlainReply parsed(const QByteArray &answer)
{
    PlainReply reply;
    const qsizetype end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
        return reply;
    }
    QList<QByteArray> lines = answer.first(end).split('\n');
    reply.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    reply.body = answer.sliced(end + 4);
    return reply;
}

// A server may keep the connection: its Content-Length tells where the answer ends.
bool isWhole(const QByteArray &method, const QByteArray &answer)
{
    const PlainReply reply = parsed(answer);
    const bool saysLength = reply.headers.contains("content-length");
    return reply.status != 0 &&
           (method == "HEAD" ||
            (saysLength && reply.body.size() >= reply.headers["content-length"].toLongLong()));
}

} // namespace

PlainReply plainRequest(const QByteArray &method, quint16 port, const QByteArray &target,
                        const QHash<QByteArray, QByteArray> &headers, const QByteArray &body, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!socket.waitForConnected(timeoutMs)) {
        return {};
    }
    socket.write(requestText(method, target, port, headers, body));
    QByteArray answer;
    while (!isWhole(method, answer) && socket.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
        answer += socket.readAll();
    }
    answer += socket.readAll();
    return parsed(answer);
}

} // namespace layerpool::test
