// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QSslCertificate>
#include <QUrl>

#include <utility>

namespace layerpool {

struct HttpRequest
{
    QByteArray verb = "GET"; ///< GET, HEAD, POST, PUT or PATCH
    QUrl url;                ///< http or https, without user and password
    QList<std::pair<QByteArray, QByteArray>> headers;
    /// The value of `Authorization`: never sent on when a redirect leaves the origin of `url`.
    QByteArray authorization;
    /// Whether the user's client certificate belongs to the origin of `url`; the same holds for it.
    bool showsCertificate = false;
    QByteArray body;
    /// The body is a secret: a redirect to another origin is an error.
    bool isSecret = false;
    /// A body that is streamed, in place of `body`: so many bytes of a file, from there. Random access, open,
    /// not owned. Where it can't be read on the request ends with Storage.
    QIODevice *bodyDevice = nullptr;
    qint64 bodyOffset = 0;
    qint64 bodyLength = 0;
    /// What the server has to work through after the last byte of the body, before it can answer.
    qint64 bytesToCommit = 0;
    int idleSeconds = 0; ///< in place of the client's, where it is not 0
    /// The longest answer that is taken into memory, in bytes.
    qint64 longestAnswer = 64 * 1024;
};

struct HttpResponse
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;             ///< empty where it was streamed
    QUrl url;                    ///< that answered, after redirects
    QSslCertificate certificate; ///< of who answered; null over plain HTTP
    bool isUnverified = false;   ///< the certificate is one that was only allowed

    /// Case does not matter; empty where there is none.
    QByteArray header(QByteArrayView name) const;
    bool isSuccess() const { return status >= 200 && status < 300; }
};

} // namespace layerpool
