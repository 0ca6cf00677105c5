// SPDX-License-Identifier: Apache-2.0
#include "serve/LoopbackPort.h"

#include "base/Text.h"
#include "net/HttpClient.h"
#include "serve/RegistryProgram.h"

#include <QTcpServer>
#include <QThread>

namespace layerpool::loopback {
namespace {

constexpr int kPorts = 100;
constexpr unsigned long kPauseMs = 50;

Error cannotServe(quint16 port, const QString &why, const QString &hint)
{
    return {ErrorKind::Conflict, Text::tr("Cannot serve at %1", "HOST:PORT").arg(hostAt(port)), why, hint};
}

HttpOptions plainOptions()
{
    HttpOptions options;
    options.tries = 1;
    options.idleSeconds = 2;
    options.certificateFolders.clear();
    options.proxy = QStringLiteral("none");
    return options;
}

} // namespace

QString hostAt(quint16 port)
{
    return QStringLiteral("127.0.0.1:%1").arg(port);
}

Error taken(quint16 port)
{
    return cannotServe(port, Text::tr("another program uses this port"),
                       Text::tr("Choose another port, or none to take any that is free"));
}

Status check(quint16 port)
{
    QTcpServer probe;
    if (probe.listen(QHostAddress::LocalHost, port)) {
        return {};
    }
    return probe.serverError() == QAbstractSocket::AddressInUseError
               ? taken(port)
               : cannotServe(port, Text::tr("this user may not open the port"),
                             Text::tr("Choose one from 1024 on"));
}

quint16 freeFrom(quint16 port)
{
    for (int each = port; each < std::min(port + kPorts, 0x10000); ++each) {
        if (check(static_cast<quint16>(each))) {
            return static_cast<quint16>(each);
        }
    }
    QTcpServer any;
    return any.listen(QHostAddress::LocalHost) ? any.serverPort() : port;
}

Status waitForRegistry(quint16 port, const QByteArray &mark, QDeadlineTimer deadline,
                       const CancelToken &cancel)
{
    const Result<std::shared_ptr<Network>> network = Network::create(plainOptions());
    if (!network) {
        return network.error();
    }
    HttpClient client(*network, cancel);
    HttpRequest request;
    request.url = QUrl(QStringLiteral("http://%1/v2/").arg(hostAt(port)));
    while (!cancel.isCancelled()) {
        const Result<HttpResponse> response = client.send(request);
        if (response && response->isSuccess() && response->header(servingMarkHeader) == mark) {
            return {};
        }
        if (deadline.hasExpired()) {
            return Error{ErrorKind::Server, Text::tr("The registry does not answer"),
                         response ? Text::tr("something else does at %1").arg(hostAt(port))
                                  : response.error().why,
                         Text::tr("See what its log says")};
        }
        QThread::msleep(kPauseMs);
    }
    return cancelledError();
}

} // namespace layerpool::loopback
