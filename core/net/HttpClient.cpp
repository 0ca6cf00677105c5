// SPDX-License-Identifier: Apache-2.0
#include "net/HttpClient.h"

#include "base/Text.h"
#include "net/Backoff.h"
#include "net/BodyWindow.h"
#include "net/HttpExchange.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>

namespace layerpool {

Q_LOGGING_CATEGORY(httpLog, "layerpool.http", QtWarningMsg)

namespace {

constexpr qint64 kReadBuffer = 1024 * 1024; // without it a slow reader takes the whole blob into memory
constexpr qsizetype kPiece = 256 * 1024;
constexpr int kMostRedirects = 10;
constexpr int kTriesOfNobody = 2; // a wrong name or a stopped server is told soon

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// What Qt reads ahead would come at full speed, limit or not.
qint64 readBuffer(const RateLimit &limit)
{
    constexpr qint64 least = 16 * 1024;
    return limit.isSet() ? std::clamp(limit.bytesPerSecond() / 4, least, kReadBuffer) : kReadBuffer;
}

QByteArray loginOf(const QNetworkProxy &proxy)
{
    return proxy.user().isEmpty()
               ? QByteArray()
               : "Basic " + (proxy.user().toUtf8() + ':' + proxy.password().toUtf8()).toBase64();
}

} // namespace

HttpClient::HttpClient(std::shared_ptr<Network> network, CancelToken cancel)
    : m_network(std::move(network)), m_cancel(std::move(cancel)), m_buffer(kPiece, Qt::Uninitialized)
{
    m_manager.setProxy(QNetworkProxy::NoProxy);
    m_manager.setAutoDeleteReplies(false);
}

HttpClient::~HttpClient() = default;

QNetworkReply *HttpClient::start(const HttpRequest &request, const QSslConfiguration &ssl, BodyWindow *body,
                                 const QByteArray &proxyLogin)
{
    QNetworkRequest wire(request.url);
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // ignores the read buffer's limit
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setSslConfiguration(ssl);
    wire.setRawHeader("User-Agent", "layerpool/" LAYERPOOL_VERSION);
    wire.setRawHeader("Accept-Language", "*");        // else the user's language is told
    wire.setRawHeader("Accept-Encoding", "identity"); // an unpacked blob has another digest
    for (const auto &[name, value] : request.headers) {
        wire.setRawHeader(name, value);
    }
    if (!request.authorization.isEmpty()) {
        wire.setRawHeader("Authorization", request.authorization);
    }
    if (!proxyLogin.isEmpty()) {
        wire.setRawHeader("Proxy-Authorization", proxyLogin); // Qt keeps it for the proxy's tunnels
    }
    if (request.verb == "HEAD") {
        return m_manager.head(wire); // a custom verb would wait for a body that never comes
    }
    if (request.verb == "GET") {
        return m_manager.get(wire);
    }
    if (!wire.hasRawHeader("Content-Type")) {
        wire.setRawHeader("Content-Type", "application/octet-stream");
    }
    if (body == nullptr) {
        return m_manager.sendCustomRequest(wire, request.verb, request.body);
    }
    QNetworkReply *reply = m_manager.sendCustomRequest(wire, request.verb, body);
    body->setParent(reply);
    return reply;
}

Result<HttpResponse> HttpClient::exchange(const HttpRequest &request, const HeadersCheck &check,
                                          const Receiver &receive)
{
    if (m_cancel.isCancelled()) {
        return cancelledError();
    }
    const Result<QSslConfiguration> ssl =
        m_network->trust().configuration(request.url, request.showsCertificate);
    const Result<QNetworkProxy> proxy = m_network->proxies().proxyFor(request.url);
    if (!ssl || !proxy) {
        return ssl ? proxy.error() : ssl.error();
    }
    m_host = hostOf(request.url);
    Result<HostGates::Pass> pass = m_network->gates().enter(m_host, m_cancel);
    if (!pass) {
        return pass.error();
    }
    m_manager.setProxy(*proxy);
    RateLimit &limit = m_network->rateLimit();
    BodyWindow *body = request.bodyDevice == nullptr ? nullptr
                                                     : new BodyWindow(*request.bodyDevice, request.bodyOffset,
                                                                      request.bodyLength, limit);
    const bool isAskedOfProxy =
        proxy->type() == QNetworkProxy::HttpProxy && request.url.scheme() == QLatin1String("http");
    QNetworkReply *reply = start(request, *ssl, body, isAskedOfProxy ? loginOf(*proxy) : QByteArray());
    reply->setReadBufferSize(readBuffer(limit));
    HttpExchange exchange(reply, request, {check, receive, m_sent}, *m_network, m_buffer);
    exchange.watch(body);
    if (proxy->type() != QNetworkProxy::NoProxy) {
        exchange.setThroughProxy();
    }
    QElapsedTimer timer;
    timer.start();
    Result<HttpResponse> response =
        exchange.run(m_cancel, std::chrono::seconds(request.idleSeconds > 0 ? request.idleSeconds
                                                                            : options().idleSeconds));
    if (response) {
        pass->learn(*response);
    } else if (exchange.wasAnswered()) {
        pass->hear();
    } else if (response.error().kind == ErrorKind::Unreachable) {
        pass->fail(response.error());
    }
    m_isNobodyThere = exchange.isNobodyThere() && !m_hasHeard;
    m_wasTooSlow = exchange.wasTooSlow();
    m_hasHeard = m_hasHeard || response;
    // The query of a redirect may be a signed key: it stays out of the log, like every header.
    qCDebug(httpLog).noquote() << request.verb
                               << request.url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo)
                               << (response ? QString::number(response->status) : response.error().sentence())
                               << timer.elapsed() << "ms";
    return response;
}

Result<HttpResponse> HttpClient::followRedirects(HttpRequest request, const HeadersCheck &check,
                                                 const Receiver &receive)
{
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
        Result<HttpResponse> response = exchange(request, check, receive);
        if (!response || !isRedirect(response->status)) {
            return response;
        }
        const QUrl next = request.url.resolved(QUrl::fromEncoded(response->header("Location")));
        if (!isSafeStep(request.url, next) || (request.isSecret && !isSameOrigin(request.url, next))) {
            return Error{ErrorKind::Untrusted,
                         Text::tr("%1 redirects to an unsafe address").arg(request.url.host()),
                         Text::tr("it leads to %1 on %2").arg(next.scheme(), next.host()),
                         {}};
        }
        if (!isSameOrigin(request.url, next)) {
            request.authorization.clear();
            request.showsCertificate = false;
        }
        if (response->status == 303) {
            request.verb = request.verb == "HEAD" ? "HEAD" : "GET";
            request.body.clear();
            request.bodyDevice = nullptr;
        }
        request.url = next;
    }
    return Error{ErrorKind::Server, Text::tr("%1 redirects in circles").arg(request.url.host()), {}, {}};
}

bool HttpClient::isPassing(const HttpResponse &response)
{
    switch (response.status) {
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return true;
    default:
        return false;
    }
}

Result<HttpResponse> HttpClient::send(const HttpRequest &request)
{
    const int tries = request.bodyDevice == nullptr ? options().tries : 1;
    for (int attempt = 1;; ++attempt) {
        Result<HttpResponse> response = followRedirects(request, {}, {});
        const bool isWorthAnother =
            response ? isPassing(*response) : response.error().kind == ErrorKind::Unreachable;
        if (!isWorthAnother || attempt >= (m_isNobodyThere ? std::min(tries, kTriesOfNobody) : tries)) {
            return response;
        }
        if (Status paused = pause(attempt, response ? &*response : nullptr); !paused) {
            return paused.error();
        }
    }
}

Result<HttpResponse> HttpClient::download(const HttpRequest &request, const HeadersCheck &check,
                                          const Receiver &receive)
{
    return followRedirects(request, check, receive);
}

Status HttpClient::pause(int attempt, const HttpResponse *response)
{
    if (const std::optional<Error> outage = m_network->gates().outage(m_host)) {
        return *outage;
    }
    if (response != nullptr && asksToWait(*response)) {
        return m_cancel.isCancelled() ? Status(cancelledError()) : Status();
    }
    const auto wait = backOff(attempt);
    std::optional<HostGates::Retry> told; // a first failure may be over before it has been read
    if (attempt > 1) {
        told.emplace(m_network->gates(), m_host, wait);
    }
    QEventLoop loop;
    QTimer tick;
    QElapsedTimer waited;
    waited.start();
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (m_cancel.isCancelled() || waited.hasExpired(wait.count())) {
            loop.quit();
        }
    });
    tick.start(std::chrono::milliseconds(20));
    loop.exec();
    return m_cancel.isCancelled() ? Status(cancelledError()) : Status();
}

} // namespace layerpool
