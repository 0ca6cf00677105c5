// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "net/HttpMessage.h"
#include "net/Network.h"
#include "net/Origin.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace layerpool {

class BodyWindow;

/// The one place that makes requests. Blocks, with an event loop of its own: made and used in one worker
/// thread, never in the window's. Redirects are followed by hand, at most ten, never from https to http.
/// Any HTTP status is a response; an Error is Unreachable, Untrusted, Corrupt (answer too long), BadInput
/// (the certificates that lie there for a host) or Cancelled.
class HttpClient
{
public:
    HttpClient(std::shared_ptr<Network> network, CancelToken cancel);
    ~HttpClient();

    /// Sends, and sends again with growing pauses where the failure is a passing one (a broken connection,
    /// 429, 5xx). What is streamed is tried once. A host that asks for patience (`Retry-After`) gets it,
    /// within limits, from all clients of the network.
    Result<HttpResponse> send(const HttpRequest &request);

    /// Called with each piece of a streamed body; an error ends the transfer and is returned.
    using Receiver = std::function<Status(QByteArrayView)>;
    /// Called once, when a 2xx answer's headers are there and before its body.
    using HeadersCheck = std::function<Status(const HttpResponse &)>;
    /// One try, the body of a 2xx answer streamed to `receive`.
    Result<HttpResponse> download(const HttpRequest &request, const HeadersCheck &check,
                                  const Receiver &receive);

    /// Called now and then with the bytes of a body that were sent so far.
    void onSent(std::function<void(qint64)> observer) { m_sent = std::move(observer); }

    /// Whether it is worth trying again after this answer.
    static bool isPassing(const HttpResponse &response);
    /// Waits after try number `attempt` (from 1): a growing time with jitter. A host that asked for a time of
    /// its own is held back already, for all, and waited for by the next request to it. Errors: Cancelled; of
    /// a host that all have given up, why.
    Status pause(int attempt, const HttpResponse *response = nullptr);
    /// Whether the last request was ended because its bytes came too slowly.
    bool wasTooSlow() const { return m_wasTooSlow; }
    const HttpOptions &options() const { return m_network->options(); }
    const CancelToken &cancel() const { return m_cancel; }

private:
    Result<HttpResponse> exchange(const HttpRequest &request, const HeadersCheck &check,
                                  const Receiver &receive);
    Result<HttpResponse> followRedirects(HttpRequest request, const HeadersCheck &check,
                                         const Receiver &receive);
    QNetworkReply *start(const HttpRequest &request, const QSslConfiguration &ssl, BodyWindow *body,
                         const QByteArray &proxyLogin);

    std::shared_ptr<Network> m_network;
    CancelToken m_cancel;
    QNetworkAccessManager m_manager;
    std::function<void(qint64)> m_sent;
    QByteArray m_buffer;
    QString m_host;               ///< of the last exchange
    bool m_isNobodyThere = false; ///< the last exchange found no host, or nobody listening
    bool m_wasTooSlow = false;
    bool m_hasHeard = false; ///< somebody has answered this client before
};

} // namespace layerpool
