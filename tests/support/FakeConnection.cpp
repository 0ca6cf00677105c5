// SPDX-License-Identifier: Apache-2.0
#include "support/FakeConnection.h"

#include <QSslSocket>

#include <algorithm>

#include <sys/socket.h>

namespace layerpool::test {
namespace {

constexpr qint64 kKeptBody = 64 * 1024 * 1024;
constexpr int kResetMs = 50;

QByteArray reasonOf(int status)
{
    return status < 300 ? "OK" : status < 400 ? "Elsewhere" : "Refused";
}

} // namespace

FakeConnection::FakeConnection(FakeRegistry *registry, QTcpSocket *socket, int number)
    : QObject(socket), m_registry(registry), m_socket(socket), m_number(number)
{
    connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    m_timer.callOnTimeout(this, [this] { sendPiece(m_reply.m_piece); });
    read();
}

void FakeConnection::read()
{
    m_input += m_socket->readAll();
    if (!m_hasHead && m_input.startsWith('\x16')) { // a TLS greeting, which a server of plain HTTP cuts short
        m_socket->abort();
        return;
    }
    if (m_hasHead || readHead()) {
        readBody();
    }
}

bool FakeConnection::readHead()
{
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0) {
        return false;
    }
    QList<QByteArray> lines = m_input.first(end).split('\n');
    m_input.remove(0, end + 4);
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    const QByteArray target = words.value(1);
    const qsizetype mark = target.indexOf('?');
    m_request = {};
    m_request.method = words.value(0);
    m_request.path = mark < 0 ? target : target.first(mark);
    m_request.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    m_request.connection = m_number;
    if (const auto *secure = qobject_cast<QSslSocket *>(m_socket)) {
        m_request.showedCertificate = !secure->peerCertificate().isNull();
    }
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        QByteArray &value = m_request.headers[line.left(colon).trimmed().toLower()];
        value += (value.isEmpty() ? "" : ", ") + line.mid(colon + 1).trimmed();
    }
    m_bodyLeft = m_request.header("content-length").toLongLong();
    m_hasHead = true;
    m_isAsked = false;
    m_isReplied = false;
    const std::optional<FakeRegistry::Step> next = m_registry->nextStep(m_request);
    if (next && next->cutsBodyAfter) {
        m_bodyLeft = std::min(m_bodyLeft, *next->cutsBodyAfter);
    }
    if (next && next->isBeforeBody) {
        ask();
    }
    return true;
}

void FakeConnection::readBody()
{
    const QByteArray part = m_input.first(std::min<qint64>(m_bodyLeft, m_input.size()));
    m_input.remove(0, part.size());
    m_bodyLeft -= part.size();
    m_request.body += part.first(std::clamp<qint64>(kKeptBody - m_request.body.size(), 0, part.size()));
    m_request.bodyLength += part.size();
    if (m_bodyLeft > 0) {
        return;
    }
    if (!m_isAsked) {
        ask();
    } else if (!part.isEmpty()) {
        m_registry->addBody(m_request);
        finishExchange();
    }
}

void FakeConnection::ask()
{
    m_isAsked = true;
    m_sent = 0;
    m_reply = m_registry->answer(m_request);
    if (m_reply.m_lateMs > 0) {
        QTimer::singleShot(m_reply.m_lateMs, this, [this] { play(); });
    } else {
        play();
    }
}

void FakeConnection::play()
{
    if (m_reply.m_isHangUp) {
        m_socket->disconnectFromHost();
        return;
    }
    if (m_reply.m_isSilent) {
        return;
    }
    if (m_reply.m_isRanged) {
        narrowToRange();
    }
    sendHead();
    if (m_request.method == "HEAD") {
        m_isReplied = true;
        finishExchange();
    } else {
        sendBody();
    }
}

// One range of the form `bytes=FIRST-[LAST]`, as resuming asks for.
void FakeConnection::narrowToRange()
{
    const QByteArray range = m_request.header("range");
    const QList<QByteArray> ends = range.mid(6).split('-');
    const qint64 size = m_reply.m_body.size();
    if (!range.startsWith("bytes=") || ends.size() != 2) {
        return;
    }
    const qint64 first = ends[0].toLongLong();
    const qint64 last = ends[1].isEmpty() ? size - 1 : std::min(ends[1].toLongLong(), size - 1);
    if (first > last) {
        m_reply.m_status = 416;
        m_reply.m_body.clear();
        m_reply.header("Content-Range", "bytes */" + QByteArray::number(size));
        return;
    }
    m_reply.m_status = 206;
    m_reply.m_body = m_reply.m_body.sliced(first, last - first + 1);
    m_reply.header("Content-Range", "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) +
                                        '/' + QByteArray::number(size));
}

void FakeConnection::sendHead()
{
    QByteArray head =
        "HTTP/1.1 " + QByteArray::number(m_reply.m_status) + ' ' + reasonOf(m_reply.m_status) + "\r\n";
    for (const auto &[name, value] : m_reply.m_headers) {
        head += name + ": " + value + "\r\n";
    }
    if (m_reply.m_isChunked) {
        head += "Transfer-Encoding: chunked\r\n";
    } else if (m_reply.m_hasLength) {
        const qint64 length = m_reply.m_claimedLength.value_or(m_reply.m_body.size());
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    }
    m_socket->write(head + "\r\n");
}

void FakeConnection::sendBody()
{
    if (m_reply.m_stop) {
        m_reply.m_body.truncate(*m_reply.m_stop);
    }
    if (m_reply.m_piece > 0) {
        m_timer.start(m_reply.m_pieceMs);
    } else {
        sendPiece(m_reply.m_body.size());
    }
}

void FakeConnection::sendPiece(qint64 bytes)
{
    const QByteArray piece = m_reply.m_body.mid(m_sent, bytes);
    m_sent += piece.size();
    if (m_reply.m_isChunked && !piece.isEmpty()) {
        m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
    } else {
        m_socket->write(piece);
    }
    if (m_sent >= m_reply.m_body.size()) {
        m_timer.stop();
        endReply();
    }
}

// Without lingering, a close is a reset.
void FakeConnection::reset()
{
    const linger none{1, 0};
    ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    m_socket->abort();
}

void FakeConnection::endReply()
{
    if (m_reply.m_isStalling) {
        return;
    }
    if (m_reply.m_isReset) {
        QTimer::singleShot(kResetMs, this, [this] { reset(); }); // it would discard what is on its way
        return;
    }
    if (m_reply.m_isChunked && !m_reply.m_stop) {
        m_socket->write("0\r\n\r\n");
    }
    const bool endsByClosing = m_reply.m_stop || m_reply.m_claimedLength || !m_reply.m_hasLength;
    if (endsByClosing) {
        m_socket->disconnectFromHost(); // sends what is left first
        return;
    }
    m_isReplied = true;
    finishExchange();
}

void FakeConnection::finishExchange()
{
    if (!m_isReplied || m_bodyLeft > 0) {
        return;
    }
    m_hasHead = false;
    // Not from here: a client that sends on without waiting would go down the stack.
    QMetaObject::invokeMethod(
        this, [this] { read(); }, Qt::QueuedConnection);
}

} // namespace layerpool::test
