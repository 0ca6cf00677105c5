// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/BodyWindow.h"
#include "net/HttpClient.h"
#include "net/Pace.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QSslError>

#include <memory>

namespace layerpool {

/// One request on its way: pumps its body, watches for silence, slowness and cancel. Lives inside HttpClient.
class HttpExchange final : public QObject
{
public:
    struct Hooks
    {
        const HttpClient::HeadersCheck &check;
        const HttpClient::Receiver &receive;
        const std::function<void(qint64)> &sent;
    };

    /// Takes the reply over; all else must outlive it. `buffer` is what pieces are read into.
    HttpExchange(QNetworkReply *reply, const HttpRequest &request, Hooks hooks, Network &network,
                 QByteArray &buffer);

    /// The request's body, where the rate limit holds it back now and then.
    void watch(const BodyWindow *body) { m_body = body; }

    /// A proxy is on the way: what fails there is told as its fault.
    void setThroughProxy() { m_isThroughProxy = true; }

    /// Blocks until the answer is there, or the exchange failed.
    Result<HttpResponse> run(const CancelToken &cancel, std::chrono::seconds idle);

    /// No such host, or nothing listening: trying again seldom helps.
    bool isNobodyThere() const;
    /// The head of an answer has come.
    bool wasAnswered() const { return m_response.status != 0; }
    /// It was ended because its bytes came too slowly.
    bool wasTooSlow() const { return m_wasTooSlow; }

private:
    struct End
    {
        void operator()(QNetworkReply *reply) const;
    };

    void noteSent(qint64 sent, qint64 total);
    void look(const CancelToken &cancel, std::chrono::seconds idle);
    void pump();
    void takeHeaders();
    void drain();
    void end(Error error);
    Result<HttpResponse> outcome() const;

    std::unique_ptr<QNetworkReply, End> m_reply;
    bool m_hasBody; ///< an answer to HEAD has none, whatever its Content-Length says
    qint64 m_received = 0;
    qint64 m_sent = 0; ///< of the request's body
    qint64 m_longestAnswer;
    qint64 m_bytesToCommit;
    qint64 m_bodyLength; ///< of the request, where it is streamed
    Hooks m_hooks;
    Network &m_network;
    QByteArray &m_buffer;
    const BodyWindow *m_body = nullptr;
    QEventLoop m_loop;
    std::optional<Pace> m_pace;
    HttpResponse m_response;
    std::optional<Error> m_error;
    QList<QSslError> m_certificateErrors;
    bool m_isThroughProxy = false;
    bool m_isSending = false;
    bool m_streams = false;
    bool m_isCutOff = false; ///< by us: of an error page the beginning is enough
    bool m_isOver = false;
    bool m_wasTooSlow = false;
};

} // namespace layerpool
