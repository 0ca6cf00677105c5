// SPDX-License-Identifier: Apache-2.0
#include "net/ConnectionError.h"

#include "base/Text.h"
#include "net/Certificates.h"
#include "net/Origin.h"

namespace layerpool {

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
        error.hint = Text::tr("Check the proxy, or go without one");
        error.options = {QStringLiteral("--proxy none")};
        break;
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::UnknownProxyError:
        error.why = Text::tr("the proxy does not let it through");
        error.hint = Text::tr("Check the proxy, or go without one");
        error.options = {QStringLiteral("--proxy none")};
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        error.kind = ErrorKind::Denied;
        error.why = Text::tr("the proxy asks for a login, or refused the one it got");
        error.hint =
            Text::tr("Write it into HTTPS_PROXY or HTTP_PROXY, as http://NAME:PASSWORD@HOST:PORT: a command "
                     "line can be read by others");
        break;
    default:
        error.why = Text::tr("the connection failed (network error %1)").arg(static_cast<int>(code));
        break;
    }
    return error;
}

Error certificateError(const QUrl &url, const QList<QSslError> &errors)
{
    Error error{ErrorKind::Untrusted, Text::tr("%1 cannot be trusted").arg(hostOf(url)), {}, {}};
    const QString exception = QStringLiteral("--insecure ") + hostOf(url);
    if (errors.isEmpty()) {
        error.why = Text::tr("no secure connection could be made");
        error.hint = Text::tr("It may want a client certificate, speak no TLS 1.2, or only plain HTTP");
        error.options = {QStringLiteral("--cert FILE"), QStringLiteral("--key FILE"), exception};
        return error;
    }
    error.why = reasonOf(errors.front());
    if (const QSslCertificate certificate = errors.front().certificate(); !certificate.isNull()) {
        error.why = Text::tr("%1; the certificate's SHA-256 fingerprint is %2")
                        .arg(error.why, fingerprintOf(certificate));
    }
    if (errors.front().error() == QSslError::HostNameMismatch) {
        error.hint = Text::tr("Use a name that its certificate bears, or allow it unverified");
        error.options = {exception};
        return error;
    }
    error.hint = Text::tr("If it is yours, trust its authority, or allow it unverified");
    error.options = {QStringLiteral("--ca FILE"), exception};
    return error;
}

} // namespace layerpool
