// SPDX-License-Identifier: Apache-2.0
#include "net/HttpClient.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"
#include "net/BodyWindow.h"
#include "net/HttpExchange.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>

namespace layerpool {

Q_LOGGING_CATEGORY(httpLog, "layerpool.http", QtWarningMsg)

namespace {

constexpr qint64 kReadBuffer = 1024 * 1024; // without it a slow reader takes the whole blob into memory
constexpr qsizetype kPiece = 256 * 1024;
constexpr int kMostRedirects = 10;
constexpr int kTriesOfNobody = 2; // a wrong name or a stopped server is told soon
constexpr qint64 kLongestPauseMs = 60'000;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Seconds or a date; nothing where it is neither.
std::optional<qint64> retryAfterMs(const HttpResponse &response)
{
    QByteArray value = response.header("Retry-After");
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber && seconds >= 0) {
        return std::min(seconds, kLongestPauseMs / 1000) * 1000;
    }
    value.replace("GMT", "+0000"); // the zone that HTTP's dates have (RFC 9110), and Qt does not know
    const QDateTime date = QDateTime::fromString(QString::fromLatin1(value), Qt::RFC2822Date);
    if (!date.isValid()) {
        return std::nullopt;
    }
    return std::clamp<qint64>(QDateTime::currentDateTimeUtc().msecsTo(date), 0, kLongestPauseMs);
}

} // namespace

QByteArray HttpResponse::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) {
        return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

bool isSafeStep(const QUrl &from, const QUrl &to)
{
    const bool isHttps = to.scheme() == QLatin1String("https");
    const bool isHttp = to.scheme() == QLatin1String("http");
    return (isHttps || (isHttp && from.scheme() == QLatin1String("http"))) && to.userInfo().isEmpty();
}

HttpClient::HttpClient(HttpOptions options, CancelToken cancel)
    : m_options(std::move(options)), m_cancel(std::move(cancel)), m_buffer(kPiece, Qt::Uninitialized)
{
    m_manager.setProxy(QNetworkProxy::NoProxy);
    m_manager.setAutoDeleteReplies(false);
    if (!m_options.caFile.isEmpty()) {
        // One private CA in the default configuration would silently drop all of the system's.
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setCaCertificates(QSslConfiguration::systemCaCertificates() +
                              QSslCertificate::fromPath(m_options.caFile));
        m_ssl = ssl;
    }
}

HttpClient::~HttpClient() = default;

bool HttpClient::isInsecure(const QUrl &url) const
{
    const QString name =
        url.host().contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(url.host()) : url.host();
    return namesHost(m_options.insecureHosts, QStringLiteral("%1:%2").arg(name).arg(url.port(443)));
}

QNetworkReply *HttpClient::start(const HttpRequest &request)
{
    QNetworkRequest wire(request.url);
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // ignores the read buffer's limit
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    if (m_ssl) {
        wire.setSslConfiguration(*m_ssl);
    }
    wire.setRawHeader("User-Agent", "layerpool/" LAYERPOOL_VERSION);
    wire.setRawHeader("Accept-Language", "*");        // else the user's language is told
    wire.setRawHeader("Accept-Encoding", "identity"); // an unpacked blob has another digest
    for (const auto &[name, value] : request.headers) {
        wire.setRawHeader(name, value);
    }
    if (!request.authorization.isEmpty()) {
        wire.setRawHeader("Authorization", request.authorization);
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
    if (request.bodyDevice == nullptr) {
        return m_manager.sendCustomRequest(wire, request.verb, request.body);
    }
    auto *body = new BodyWindow(*request.bodyDevice, request.bodyOffset, request.bodyLength);
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
    QNetworkReply *reply = start(request);
    reply->setReadBufferSize(kReadBuffer);
    HttpExchange exchange(reply, request, {check, receive, m_sent}, isInsecure(request.url));
    QElapsedTimer timer;
    timer.start();
    Result<HttpResponse> response = exchange.run(
        m_cancel, request.idleSeconds > 0 ? request.idleSeconds : m_options.idleSeconds, m_buffer);
    m_isNobodyThere = exchange.isNobodyThere() && !m_hasHeard;
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
        }
        if (response->status == 303) {
            request.verb = "GET";
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
    const int tries = request.bodyDevice == nullptr ? m_options.tries : 1;
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
    const qint64 growing = std::min<qint64>(250LL << std::min(attempt, 6), kLongestPauseMs);
    const qint64 jitter = QRandomGenerator::global()->bounded(static_cast<quint32>(growing / 4 + 1));
    const qint64 wait =
        response != nullptr ? retryAfterMs(*response).value_or(growing + jitter) : growing + jitter;

    QEventLoop loop;
    QTimer tick;
    QElapsedTimer waited;
    waited.start();
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (m_cancel.isCancelled() || waited.hasExpired(wait)) {
            loop.quit();
        }
    });
    tick.start(std::chrono::milliseconds(20));
    loop.exec();
    return m_cancel.isCancelled() ? Status(cancelledError()) : Status();
}

} // namespace layerpool
