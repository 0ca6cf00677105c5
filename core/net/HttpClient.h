// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace layerpool {

/// How every request of a client is made.
struct HttpOptions
{
    int tries = 5;             ///< of a request that fails for a passing reason
    int idleSeconds = 30;      ///< without any byte, until a connection counts as dead
    QStringList insecureHosts; ///< HOST[:PORT] whose certificate is not verified
    QString caFile;            ///< PEM, trusted beside the system's
};

struct HttpRequest
{
    QByteArray verb = "GET"; ///< GET, HEAD, POST, PUT or PATCH
    QUrl url;                ///< http or https, without user and password
    QList<std::pair<QByteArray, QByteArray>> headers;
    /// The value of `Authorization`: never sent on when a redirect leaves the origin of `url`.
    QByteArray authorization;
    QByteArray body;
    /// The body is a secret: a redirect to another origin is an error.
    bool isSecret = false;
    /// A body that is streamed, in place of `body`: so many bytes of a file, from there. Random access, open,
    /// not owned.
    QIODevice *bodyDevice = nullptr;
    qint64 bodyOffset = 0;
    qint64 bodyLength = 0;
    int idleSeconds = 0; ///< in place of the client's, where it is not 0
    /// The longest answer that is taken into memory, in bytes.
    qint64 longestAnswer = 64 * 1024;
};

struct HttpResponse
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< empty where it was streamed
    QUrl url;        ///< that answered, after redirects

    /// Case does not matter; empty where there is none.
    QByteArray header(QByteArrayView name) const;
    bool isSuccess() const { return status >= 200 && status < 300; }
};

/// `scheme`, host and port of two URLs are the same: what credentials belong to.
bool isSameOrigin(const QUrl &a, const QUrl &b);

/// Whether a request may go on from one address to the other: http or https, never from https to http, and
/// without user and password.
bool isSafeStep(const QUrl &from, const QUrl &to);

/// The one place that makes requests. Blocks, with an event loop of its own: made and used in one worker
/// thread, never in the window's. Redirects are followed by hand, at most ten, never from https to http.
/// Any HTTP status is a response; an Error is Unreachable, Untrusted, Corrupt (answer too long) or Cancelled.
class HttpClient
{
public:
    HttpClient(HttpOptions options, CancelToken cancel);
    ~HttpClient();

    /// Sends, and sends again with growing pauses where the failure is a passing one (a broken connection,
    /// 429, 5xx): `Retry-After` is obeyed, up to a minute. What is streamed is tried once.
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
    /// Waits before try number `attempt` (from 1): what the answer asked for, else a growing time with
    /// jitter. Error: Cancelled.
    Status pause(int attempt, const HttpResponse *response = nullptr);
    const HttpOptions &options() const { return m_options; }
    const CancelToken &cancel() const { return m_cancel; }

private:
    Result<HttpResponse> exchange(const HttpRequest &request, const HeadersCheck &check,
                                  const Receiver &receive);
    Result<HttpResponse> followRedirects(HttpRequest request, const HeadersCheck &check,
                                         const Receiver &receive);
    QNetworkReply *start(const HttpRequest &request);
    bool isInsecure(const QUrl &url) const;

    HttpOptions m_options;
    CancelToken m_cancel;
    QNetworkAccessManager m_manager;
    std::optional<QSslConfiguration> m_ssl;
    std::function<void(qint64)> m_sent;
    QByteArray m_buffer;
    bool m_isNobodyThere = false; ///< the last exchange found no host, or nobody listening
    bool m_hasHeard = false;      ///< somebody has answered this client before
};

} // namespace layerpool
