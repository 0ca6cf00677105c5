// SPDX-License-Identifier: Apache-2.0
#include "net/HttpExchange.h"

#include "base/Text.h"
#include "net/ConnectionError.h"

#include <QTimer>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 50ms;

// With a proxy on the way it is the one that Qt does not reach, and the one that says no.
QNetworkReply::NetworkError asOfProxy(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::UnknownNetworkError:
        return QNetworkReply::ProxyConnectionRefusedError;
    case QNetworkReply::HostNotFoundError:
        return QNetworkReply::ProxyNotFoundError;
    default:
        return code;
    }
}

} // namespace

void HttpExchange::End::operator()(QNetworkReply *reply) const
{
    reply->disconnect();
    reply->abort();
    delete reply; // now: its body reads from a file that may not live as long as a later event loop
}

HttpExchange::HttpExchange(QNetworkReply *reply, const HttpRequest &request, Hooks hooks, Network &network,
                           QByteArray &buffer)
    : m_reply(reply)
    , m_hasBody(request.verb != "HEAD")
    , m_longestAnswer(request.longestAnswer)
    , m_bytesToCommit(request.bytesToCommit)
    , m_bodyLength(request.bodyDevice == nullptr ? 0 : request.bodyLength)
    , m_hooks(hooks)
    , m_network(network)
    , m_buffer(buffer)
{
    m_response.url = request.url;
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_certificateErrors = errors;
        if (m_network.trust().isInsecure(m_response.url)) {
            m_reply->ignoreSslErrors(errors); // these, and no later ones
        }
    });
}

Result<HttpResponse> HttpExchange::run(const CancelToken &cancel, std::chrono::seconds idle)
{
    m_pace.emplace(idle, Pace::Clock::now());
    if (m_bodyLength == 0) {
        m_pace->awaitAnswer(Pace::commitTime(m_bytesToCommit));
    }
    connect(m_reply.get(), &QNetworkReply::uploadProgress, this, &HttpExchange::noteSent);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpExchange::pump);
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpExchange::pump);
    QTimer tick;
    connect(&tick, &QTimer::timeout, this, [this, &cancel, idle] { look(cancel, idle); });
    tick.start(kTick);
    pump();
    if (!m_isOver) {
        m_loop.exec();
    }
    return outcome();
}

void HttpExchange::noteSent(qint64 sent, qint64 total)
{
    m_pace->moved(sent - m_sent);
    m_sent = sent;
    m_isSending = sent < total;
    if (sent >= m_bodyLength) {
        m_pace->awaitAnswer(Pace::commitTime(m_bytesToCommit));
    }
    if (m_hooks.sent && sent > 0) {
        m_hooks.sent(sent);
    }
}

void HttpExchange::look(const CancelToken &cancel, std::chrono::seconds idle)
{
    if (cancel.isCancelled()) {
        end(cancelledError());
        return;
    }
    pump(); // what the rate limit left behind
    if (m_body != nullptr && m_body->fault()) {
        end(*m_body->fault());
        return;
    }
    if (m_body != nullptr && m_body->isHeldBack()) {
        m_pace->holdBack();
    }
    const bool isReceiving = m_response.status != 0 && m_hasBody;
    switch (m_pace->look(Pace::Clock::now(), m_isSending || isReceiving)) {
    case Pace::Verdict::Fine:
        break;
    case Pace::Verdict::Silent:
        end({ErrorKind::Unreachable,
             Text::tr("%1 fell silent").arg(hostOf(m_response.url)),
             Text::tr("no byte came for %1")
                 .arg(formatDuration(std::chrono::duration<double>(m_pace->longestSilence()).count())),
             {}});
        break;
    case Pace::Verdict::TooSlow:
        m_wasTooSlow = true;
        end({ErrorKind::Unreachable, Text::tr("%1 is too slow").arg(hostOf(m_response.url)),
             Text::tr("less than %1 moved for %2")
                 .arg(formatSpeed(Pace::leastBytesPerSecond),
                      formatDuration(2.0 * static_cast<double>(idle.count()))),
             Text::tr("Try again later, or another mirror")});
        break;
    }
}

// Whatever happened to the reply: takes what there is, and ends the loop when nothing more can come.
void HttpExchange::pump()
{
    if (m_isOver) {
        return;
    }
    drain();
    if (m_error || m_isCutOff || (m_reply->isFinished() && m_reply->bytesAvailable() == 0)) {
        m_isOver = true;
        m_loop.quit();
    }
}

void HttpExchange::takeHeaders()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_response.status != 0 || status == 0) {
        return;
    }
    m_response.status = status;
    m_response.certificate = m_reply->sslConfiguration().peerCertificate();
    m_response.isUnverified = !m_certificateErrors.isEmpty();
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) {
        m_response.headers.emplaceBack(name, value);
    }
    m_streams = m_hooks.receive && m_response.isSuccess();
    if (m_streams && m_hooks.check) {
        if (const Status checked = m_hooks.check(m_response); !checked) {
            end(checked.error());
        }
    }
}

void HttpExchange::drain()
{
    takeHeaders();
    while (!m_error && !m_isCutOff && m_reply->bytesAvailable() > 0) {
        const qint64 granted =
            m_network.rateLimit().grant(std::min<qint64>(m_buffer.size(), m_reply->bytesAvailable()));
        if (granted == 0) {
            m_pace->holdBack();
            return;
        }
        const qint64 count = m_reply->read(m_buffer.data(), granted);
        if (count <= 0) {
            return;
        }
        m_received += count;
        m_pace->moved(count);
        const QByteArrayView piece(m_buffer.constData(), count);
        if (!m_streams && m_response.body.size() + count > m_longestAnswer) {
            if (m_response.isSuccess()) {
                end({ErrorKind::Corrupt,
                     Text::tr("%1 answers at too great length").arg(hostOf(m_response.url)),
                     Text::tr("more than %1 came").arg(formatBytes(m_longestAnswer)),
                     {}});
            }
            m_isCutOff = true;
        } else if (!m_streams) {
            m_response.body += piece;
        } else {
            const Pace::Clock::time_point begun = Pace::Clock::now();
            if (const Status received = m_hooks.receive(piece); !received) {
                end(received.error());
            }
            m_pace->spent(Pace::Clock::now() - begun);
        }
    }
}

bool HttpExchange::isNobodyThere() const
{
    return m_reply->error() == QNetworkReply::ConnectionRefusedError ||
           m_reply->error() == QNetworkReply::HostNotFoundError;
}

void HttpExchange::end(Error error)
{
    if (!m_error) {
        m_error = std::move(error);
        m_isOver = true;
        m_loop.quit();
    }
}

Result<HttpResponse> HttpExchange::outcome() const
{
    if (m_error) {
        return *m_error;
    }
    if (m_body != nullptr && m_body->fault()) {
        return *m_body->fault();
    }
    const QNetworkReply::NetworkError code = m_reply->error();
    if (code == QNetworkReply::SslHandshakeFailedError) {
        return certificateError(m_response.url, m_certificateErrors);
    }
    // Only a proxy answers so.
    if (code == QNetworkReply::ProxyAuthenticationRequiredError || m_response.status == 407) {
        return connectionError(QNetworkReply::ProxyAuthenticationRequiredError, m_response.url);
    }
    // Qt makes an error of each status from 400 up; with any other an error means that the answer broke off.
    const bool hasBroken = code != QNetworkReply::NoError && m_response.status < 400;
    if (!m_isCutOff && (hasBroken || m_response.status == 0)) {
        return connectionError(m_isThroughProxy ? asOfProxy(code) : code, m_response.url);
    }
    // Qt takes an answer that says "Connection: close" for whole wherever the connection ends.
    bool isNumber = false;
    const qint64 announced = m_response.header("Content-Length").toLongLong(&isNumber);
    if (m_hasBody && !m_isCutOff && isNumber && m_received < announced) {
        return connectionError(QNetworkReply::RemoteHostClosedError, m_response.url);
    }
    return m_response;
}

} // namespace layerpool
