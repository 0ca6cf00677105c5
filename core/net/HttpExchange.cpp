// SPDX-License-Identifier: Apache-2.0
#include "net/HttpExchange.h"

#include "base/Text.h"

#include <QTimer>

#include <chrono>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 50ms;

QString hostOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

// Qt's own strings hold the whole URL with its signed query: none of them reaches a user.
Error connectionError(QNetworkReply::NetworkError code, const QUrl &url)
{
    Error error{ErrorKind::Unreachable, Text::tr("Cannot reach %1").arg(hostOf(url)), {}, {}};
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        error.why = Text::tr("nothing answers there (connection refused)");
        error.hint = Text::tr("Check the address, and that the registry runs");
        break;
    case QNetworkReply::HostNotFoundError:
        error.why = Text::tr("no such host is known");
        error.hint = Text::tr("Check the name for a typing error, and the network");
        break;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // our own refusal to send a body twice over
        error.what = Text::tr("The connection to %1 broke").arg(hostOf(url));
        error.why = Text::tr("the other side closed it before all bytes had come");
        break;
    case QNetworkReply::TimeoutError:
        error.why = Text::tr("it took too long");
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        error.why = Text::tr("the proxy does not answer");
        break;
    default:
        error.why = Text::tr("the connection failed (network error %1)").arg(static_cast<int>(code));
        break;
    }
    return error;
}

Error certificateError(const QUrl &url, const QList<QSslError> &errors)
{
    return {ErrorKind::Untrusted, Text::tr("%1 cannot be trusted").arg(hostOf(url)),
            errors.isEmpty() ? Text::tr("no secure connection could be made") : errors.front().errorString(),
            Text::tr("If it is yours, give its authority with --ca, or allow it with --insecure %1")
                .arg(hostOf(url))};
}

} // namespace

void HttpExchange::DeleteLater::operator()(QNetworkReply *reply) const
{
    reply->disconnect();
    reply->abort();
    reply->deleteLater();
}

HttpExchange::HttpExchange(QNetworkReply *reply, const HttpRequest &request, Hooks hooks,
                           bool acceptsAnyCertificate)
    : m_reply(reply)
    , m_hasBody(request.verb != "HEAD")
    , m_longestAnswer(request.longestAnswer)
    , m_hooks(hooks)
{
    m_response.url = request.url;
    connect(reply, &QNetworkReply::sslErrors, this,
            [this, acceptsAnyCertificate](const QList<QSslError> &errors) {
                m_certificateErrors = errors;
                if (acceptsAnyCertificate) {
                    m_reply->ignoreSslErrors(errors); // these, and no later ones
                }
            });
    connect(reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64) {
        m_sinceActivity.restart();
        if (m_hooks.sent && sent > 0) {
            m_hooks.sent(sent);
        }
    });
}

Result<HttpResponse> HttpExchange::run(const CancelToken &cancel, int idleSeconds, QByteArray &buffer)
{
    m_sinceActivity.start();
    connect(m_reply.get(), &QNetworkReply::readyRead, this, [this, &buffer] { drain(buffer); });
    connect(m_reply.get(), &QNetworkReply::finished, &m_loop, &QEventLoop::quit);
    QTimer tick;
    connect(&tick, &QTimer::timeout, this, [this, &cancel, idleSeconds] {
        if (cancel.isCancelled()) {
            end(cancelledError());
        } else if (m_sinceActivity.hasExpired(std::chrono::milliseconds(idleSeconds * 1s).count())) {
            end({ErrorKind::Unreachable,
                 Text::tr("%1 fell silent").arg(hostOf(m_response.url)),
                 Text::tr("no byte came for %1 seconds").arg(idleSeconds),
                 {}});
        }
    });
    tick.start(kTick);
    if (!m_reply->isFinished()) {
        m_loop.exec();
    }
    if (!m_error) {
        drain(buffer);
    }
    return outcome();
}

void HttpExchange::takeHeaders()
{
    if (m_response.status != 0) {
        return;
    }
    m_response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
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

void HttpExchange::drain(QByteArray &buffer)
{
    takeHeaders();
    while (!m_error && !m_isCutOff && m_reply->bytesAvailable() > 0) {
        const qint64 count = m_reply->read(buffer.data(), buffer.size());
        if (count <= 0) {
            break;
        }
        m_received += count;
        const QByteArrayView piece(buffer.constData(), count);
        if (!m_streams && m_response.body.size() + count > m_longestAnswer) {
            if (m_response.isSuccess()) {
                end({ErrorKind::Corrupt,
                     Text::tr("%1 answers at too great length").arg(hostOf(m_response.url)),
                     Text::tr("more than %1 came").arg(formatBytes(m_longestAnswer)),
                     {}});
            }
            m_isCutOff = true;
            m_loop.quit();
            break;
        }
        if (!m_streams) {
            m_response.body += piece;
        } else if (const Status received = m_hooks.receive(piece); !received) {
            end(received.error());
        }
    }
    m_sinceActivity.restart(); // our own work does not count as the other side's silence
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
        m_loop.quit();
    }
}

Result<HttpResponse> HttpExchange::outcome() const
{
    if (m_error) {
        return *m_error;
    }
    const QNetworkReply::NetworkError code = m_reply->error();
    if (code == QNetworkReply::SslHandshakeFailedError) {
        return certificateError(m_response.url, m_certificateErrors);
    }
    // Qt makes an error of each status from 400 up; with any other an error means that the answer broke off.
    const bool hasBroken = code != QNetworkReply::NoError && m_response.status < 400;
    if (!m_isCutOff && (hasBroken || m_response.status == 0)) {
        return connectionError(code, m_response.url);
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
