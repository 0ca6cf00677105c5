// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace layerpool::test {

/// What a server answered; status 0 where it did not.
struct PlainReply
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
};

/// One HTTP/1.0 request over a bare socket, so that a test of our client does not ask our client.
PlainReply plainRequest(const QByteArray &method, quint16 port, const QByteArray &target,
                        const QHash<QByteArray, QByteArray> &headers = {}, const QByteArray &body = {},
                        int timeoutMs = 10'000);

} // namespace layerpool::test
