// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpClient.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkReply>
#include <QSslError>

#include <memory>

namespace layerpool {

/// One request on its way: pumps its body, watches for silence and for cancel. Lives inside HttpClient.
class HttpExchange final : public QObject
{
public:
    struct Hooks
    {
        const HttpClient::HeadersCheck &check;
        const HttpClient::Receiver &receive;
        const std::function<void(qint64)> &sent;
    };

    /// Takes the reply over. `acceptsAnyCertificate` only for hosts the user named.
    HttpExchange(QNetworkReply *reply, const HttpRequest &request, Hooks hooks, bool acceptsAnyCertificate);

    /// Blocks until the answer is there, or the exchange failed.
    Result<HttpResponse> run(const CancelToken &cancel, int idleSeconds, QByteArray &buffer);

    /// No such host, or nothing listening: trying again seldom helps.
    bool isNobodyThere() const;

private:
    struct DeleteLater
    {
        void operator()(QNetworkReply *reply) const;
    };

    void takeHeaders();
    void drain(QByteArray &buffer);
    void end(Error error);
    Result<HttpResponse> outcome() const;

    std::unique_ptr<QNetworkReply, DeleteLater> m_reply;
    bool m_hasBody; ///< an answer to HEAD has none, whatever its Content-Length says
    qint64 m_received = 0;
    qint64 m_longestAnswer;
    Hooks m_hooks;
    QEventLoop m_loop;
    QElapsedTimer m_sinceActivity;
    HttpResponse m_response;
    std::optional<Error> m_error;
    QList<QSslError> m_certificateErrors;
    bool m_streams = false;
    bool m_isCutOff = false; ///< by us: of an error page the beginning is enough
};

} // namespace layerpool
