// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/FakeRegistry.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace layerpool::test {

/// One connection of a FakeRegistry, in its thread: reads a request, asks for the answer and plays it.
class FakeConnection : public QObject
{
public:
    /// Takes the socket and deletes itself with it.
    FakeConnection(FakeRegistry *registry, QTcpSocket *socket, int number);

private:
    void read();
    bool readHead();
    void readBody();
    void ask();
    void play();
    void sendHead();
    void sendBody();
    void sendPiece(qint64 bytes);
    void endReply();
    void reset();
    void finishExchange();
    void narrowToRange();

    FakeRegistry *m_registry;
    QTcpSocket *m_socket;
    QTimer m_timer;
    int m_number;
    QByteArray m_input;
    FakeRequest m_request;
    FakeReply m_reply;
    qint64 m_bodyLeft = 0;  ///< of the request
    qint64 m_sent = 0;      ///< of the reply's body
    bool m_hasHead = false; ///< between a request's headers and the end of its exchange
    bool m_isAsked = false;
    bool m_isReplied = false;
};

} // namespace layerpool::test
