// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "base/Text.h"
#include "registry/RegistryAnswer.h"

#include <QUrlQuery>

namespace layerpool {
namespace {

QString subjectOf(const RemoteRepository &repository, const Descriptor &blob)
{
    return repository.name.toString() + QLatin1Char('@') + blob.digest.toString();
}

} // namespace

Result<HttpResponse> RegistryClient::openUpload(const RemoteRepository &repository, const Descriptor &blob,
                                                const std::optional<RepositoryName> &from)
{
    HttpRequest request;
    request.verb = "POST";
    QUrl address(QStringLiteral("/v2/%1/blobs/uploads/").arg(repository.name.toString()));
    QByteArrayList scopes{"repository:" + repository.name.toByteArray() + ":pull,push"};
    if (from) {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("mount"), blob.digest.toString());
        query.addQueryItem(QStringLiteral("from"), from->toString());
        address.setQuery(query);
        scopes << "repository:" + from->toByteArray() + ":pull";
    }
    return withLogin(repository, scopes, address, std::move(request),
                     [this](const HttpRequest &ready) { return m_http.send(ready); });
}

Result<RegistryClient::Uploaded> RegistryClient::uploadBlob(const RemoteRepository &repository,
                                                            const Descriptor &blob,
                                                            const std::optional<RepositoryName> &from,
                                                            QIODevice &body, const Moved &moved)
{
    Result<HttpResponse> opened = openUpload(repository, blob, from);
    if (opened && from && !opened->isSuccess()) {
        opened = openUpload(repository, blob, std::nullopt); // some refuse a mount instead of passing it over
    }
    for (int attempt = 1;; ++attempt) {
        if (!opened) {
            return opened.error();
        }
        if (opened->status == 201) {
            return Uploaded::Mounted;
        }
        if (!opened->isSuccess()) {
            return answerError(repository.host, subjectOf(repository, blob), *opened);
        }
        const Status sent = sendBytes(repository, blob, *opened, body, moved);
        if (sent) {
            return Uploaded::Sent;
        }
        if (sent.error().kind != ErrorKind::Unreachable || attempt >= m_http.options().tries) {
            return sent.error();
        }
        if (Status paused = m_http.pause(attempt); !paused) {
            return paused.error();
        }
        opened = openUpload(repository, blob, std::nullopt);
    }
}

Status RegistryClient::sendBytes(const RemoteRepository &repository, const Descriptor &blob,
                                 const HttpResponse &opened, QIODevice &body, const Moved &moved)
{
    const QByteArray location = opened.header("Location");
    if (location.isEmpty()) {
        return Error{ErrorKind::Server,
                     Text::tr("%1 does not say where to upload").arg(repository.host),
                     Text::tr("its answer has no Location"),
                     {}};
    }
    QUrl address = opened.url.resolved(QUrl::fromEncoded(location));
    if (!isSafeStep(opened.url, address)) {
        return Error{ErrorKind::Untrusted,
                     Text::tr("%1 sends uploads to an unsafe address").arg(repository.host),
                     Text::tr("it leads to %1 on %2").arg(address.scheme(), address.host()),
                     {}};
    }
    QUrlQuery query(address);
    query.addQueryItem(QStringLiteral("digest"), blob.digest.toString());
    address.setQuery(query);

    HttpRequest request;
    request.verb = "PUT";
    request.headers.emplaceBack("Content-Type", "application/octet-stream");
    request.bodyDevice = &body;
    qint64 told = 0;
    m_http.onSent([&](qint64 sent) {
        moved(sent - told);
        told = sent;
    });
    Result<HttpResponse> response =
        withLogin(repository, {"repository:" + repository.name.toByteArray() + ":pull,push"}, address,
                  std::move(request), [this](const HttpRequest &ready) { return m_http.send(ready); });
    m_http.onSent({});
    if (response && response->isSuccess()) {
        moved(blob.size - told); // what went out in one piece with the headers
        return {};
    }
    moved(-told);
    if (!response) {
        return response.error();
    }
    if (HttpClient::isPassing(*response)) {
        return Error{ErrorKind::Unreachable,
                     Text::tr("%1 did not take a blob").arg(repository.host),
                     Text::tr("it answers %1").arg(response->status),
                     {}};
    }
    return answerError(repository.host, subjectOf(repository, blob), *response);
}

} // namespace layerpool
