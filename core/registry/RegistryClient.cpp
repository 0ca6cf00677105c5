// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "image/MediaType.h"
#include "registry/BlobUpload.h"
#include "registry/RegistryAnswer.h"

#include <QElapsedTimer>
#include <QUrlQuery>

#include <algorithm>

namespace layerpool {
namespace {

// A token may end while a request waits and tries again; one that is refused at once was not good enough.
constexpr qint64 kShortestTokenMs = 1000;
constexpr int kMostRefusalsAtOnce = 1;
constexpr int kMostRefusals = 10;

QString manifestPath(const RemoteRepository &repository, const QString &reference)
{
    return QStringLiteral("/v2/%1/manifests/%2").arg(repository.name.toString(), reference);
}

QString blobPath(const RemoteRepository &repository, const Digest &digest)
{
    return QStringLiteral("/v2/%1/blobs/%2").arg(repository.name.toString(), digest.toString());
}

QString subjectOf(const RemoteRepository &repository, const QString &reference)
{
    return repository.name.toString() + QLatin1Char(reference.contains(QLatin1Char(':')) ? '@' : ':') +
           reference;
}

Error wrongDigest(const QString &subject, const Digest &digest)
{
    return {ErrorKind::Corrupt, Text::tr("%1 came with wrong bytes").arg(subject),
            Text::tr("their digest is %1").arg(digest.toString()), Text::tr("Try again, or another mirror")};
}

// A registry that can't take a kind of manifest says no more than that it is invalid, and docker-registry
// even answers 500 to a foreign layer whose address it does not allow.
Error refusalOf(const Manifest &manifest, const QString &host, const QString &subject,
                const HttpResponse &response)
{
    const bool isInvalid = response.status == 400;
    const bool mayBeInvalid = isInvalid || response.status == 500;
    const bool namesAddresses = std::any_of(manifest.layers().begin(), manifest.layers().end(),
                                            [](const Descriptor &layer) { return !layer.urls.isEmpty(); });
    if (isInvalid && manifest.digest().algorithm() != Digest::Algorithm::Sha256) {
        return {ErrorKind::Unsupported,
                Text::tr("%1 does not take %2").arg(host, subject),
                Text::tr("it knows no manifests that are named by sha512"),
                {}};
    }
    if (mayBeInvalid && namesAddresses) {
        return {
            ErrorKind::Unsupported, Text::tr("%1 does not take %2").arg(host, subject),
            Text::tr("it answers %1, as registries do that do not allow the addresses of its foreign layers")
                .arg(response.status),
            Text::tr("Let its administrator allow these addresses (validation.manifests.urls.allow)")};
    }
    return answerError(host, subject, response);
}

} // namespace

RegistryClient::RegistryClient(RegistryAccess &access, CancelToken cancel)
    : m_access(access), m_http(access.network(), std::move(cancel))
{
}

Result<HttpResponse> RegistryClient::withLogin(const RemoteRepository &repository,
                                               const QByteArrayList &scopes, const QUrl &address,
                                               HttpRequest request, const Exchange &exchange)
{
    const Result<RegistryEndpoint> endpoint = m_access.endpoint(repository.host, m_http);
    if (!endpoint) {
        return endpoint.error();
    }
    request.url = endpoint->base.resolved(address);
    const bool isOwnOrigin = isSameOrigin(endpoint->base, request.url);
    request.showsCertificate = isOwnOrigin;
    std::vector<AuthChallenge> challenges = endpoint->challenges;
    QByteArray refused;
    int refusals = 0;
    int refusalsAtOnce = 0;
    while (true) {
        if (isOwnOrigin) {
            Result<QByteArray> login = m_access.authorization(
                repository.host, *endpoint, challenges, repository.name.toString(), scopes, refused, m_http);
            if (!login) {
                return login.error();
            }
            request.authorization = *std::move(login);
        }
        QElapsedTimer lasted;
        lasted.start();
        Result<HttpResponse> response = exchange(request);
        // What a place says that the registry redirects to is no challenge of its own.
        if (!response || response->status != 401 || !isOwnOrigin ||
            !isSameOrigin(endpoint->base, response->url)) {
            return response;
        }
        const bool hadLogin = !request.authorization.isEmpty() || refusals > 0;
        const bool canEnd =
            request.authorization.startsWith("Bearer ") && lasted.hasExpired(kShortestTokenMs);
        refusalsAtOnce += hadLogin && !canEnd ? 1 : 0;
        challenges = AuthChallenge::parse(response->header("WWW-Authenticate"));
        if (challenges.empty() || refusalsAtOnce > kMostRefusalsAtOnce || ++refusals > kMostRefusals) {
            const std::optional<Error> trouble =
                m_access.loginTrouble(repository.host, repository.name.toString(), m_http.cancel());
            return trouble ? Result<HttpResponse>(*trouble) : response;
        }
        refused = request.authorization.isEmpty() ? QByteArray("none") : request.authorization;
    }
}

Result<HttpResponse> RegistryClient::send(const RemoteRepository &repository, Intent intent,
                                          const QString &path, HttpRequest request)
{
    const QByteArray actions = intent == Intent::Pull ? ":pull" : ":pull,push";
    return withLogin(repository, {"repository:" + repository.name.toByteArray() + actions}, QUrl(path),
                     std::move(request), [this](const HttpRequest &ready) { return m_http.send(ready); });
}

Result<Manifest> RegistryClient::manifest(const RemoteRepository &repository, const QString &reference)
{
    HttpRequest request;
    request.headers.emplaceBack("Accept", mediatype::acceptManifests());
    request.longestAnswer = Manifest::maxBytes;
    Result<HttpResponse> response =
        send(repository, Intent::Pull, manifestPath(repository, reference), std::move(request));
    if (!response) {
        return response.error();
    }
    const QString subject = subjectOf(repository, reference);
    if (!response->isSuccess()) {
        return readError(repository.host, subject, *response);
    }
    if (response->body.trimmed().startsWith('<')) {
        return Error{ErrorKind::Server, Text::tr("%1 does not answer as a registry").arg(repository.host),
                     Text::tr("it sends a web page in place of a manifest"), Text::tr("Check the address")};
    }
    const QByteArray type = response->header("Content-Type");
    const std::optional<Digest> asked = Digest::parse(reference);
    Result<Manifest> manifest = Manifest::parse(std::move(response->body), type,
                                                asked ? asked->algorithm() : Digest::Algorithm::Sha256);
    if (manifest && asked && manifest->digest() != *asked) {
        return wrongDigest(subject, manifest->digest());
    }
    return manifest;
}

Result<std::optional<Digest>> RegistryClient::manifestDigest(const RemoteRepository &repository,
                                                             const QString &reference)
{
    HttpRequest request;
    request.verb = "HEAD";
    request.headers.emplaceBack("Accept", mediatype::acceptManifests());
    const Result<HttpResponse> response =
        send(repository, Intent::Pull, manifestPath(repository, reference), std::move(request));
    if (!response) {
        return response.error();
    }
    if (response->status == 404) {
        return std::optional<Digest>();
    }
    if (!response->isSuccess()) {
        return readError(repository.host, subjectOf(repository, reference), *response);
    }
    if (const auto digest = Digest::parse(QByteArrayView(response->header("Docker-Content-Digest")))) {
        return digest;
    }
    const Result<Manifest> whole = manifest(repository, reference); // the header is only a "should"
    return whole ? Result<std::optional<Digest>>(whole->digest()) : whole.error();
}

Status RegistryClient::putManifest(const RemoteRepository &repository, const QString &reference,
                                   const Manifest &manifest)
{
    HttpRequest request;
    request.verb = "PUT";
    request.headers.emplaceBack("Content-Type", manifest.mediaType());
    request.body = manifest.bytes();
    const Result<HttpResponse> response =
        send(repository, Intent::Push, manifestPath(repository, reference), std::move(request));
    if (!response) {
        return response.error();
    }
    if (!response->isSuccess()) {
        return refusalOf(manifest, repository.host, subjectOf(repository, reference), *response);
    }
    return {};
}

Result<bool> RegistryClient::hasRepository(const RemoteRepository &repository)
{
    const Result<HttpResponse> response = send(
        repository, Intent::Pull, QStringLiteral("/v2/%1/tags/list?n=1").arg(repository.name.toString()), {});
    if (!response) {
        return response.error();
    }
    if (isMissingProject(*response)) {
        return answerError(repository.host, repository.name.toString(), *response);
    }
    return response->status != 404;
}

Result<HttpResponse> RegistryClient::askForBlob(const RemoteRepository &repository, const Digest &digest)
{
    HttpRequest request;
    request.verb = "HEAD";
    return send(repository, Intent::Pull, blobPath(repository, digest), std::move(request));
}

Result<bool> RegistryClient::hasBlob(const RemoteRepository &repository, const Digest &digest)
{
    const Result<HttpResponse> response = askForBlob(repository, digest);
    if (!response) {
        return response.error();
    }
    if (response->isSuccess() || response->status == 404) {
        return response->isSuccess();
    }
    return readError(repository.host, subjectOf(repository, digest.toString()), *response);
}

Result<HttpResponse> RegistryClient::openUpload(const RemoteRepository &repository, const Digest &digest,
                                                const std::optional<RepositoryName> &from)
{
    HttpRequest request;
    request.verb = "POST";
    QUrl address(QStringLiteral("/v2/%1/blobs/uploads/").arg(repository.name.toString()));
    QByteArrayList scopes{"repository:" + repository.name.toByteArray() + ":pull,push"};
    if (from) {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("mount"), digest.toString());
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
    Result<HttpResponse> opened = openUpload(repository, blob.digest, from);
    const bool isOfUse =
        opened && (opened->status == 201 || (opened->isSuccess() && !opened->header("Location").isEmpty()));
    if (opened && from && !isOfUse) {
        // Some refuse a mount instead of passing it over.
        opened = openUpload(repository, blob.digest, std::nullopt);
    }
    if (!opened) {
        return opened.error();
    }
    if (opened->status == 201) {
        return Uploaded::Mounted;
    }
    if (!opened->isSuccess()) {
        return answerError(repository.host, subjectOf(repository, blob.digest.toString()), *opened);
    }
    const QByteArrayList scopes{"repository:" + repository.name.toByteArray() + ":pull,push"};
    const auto send = [&](const QUrl &address, HttpRequest request) {
        return withLogin(repository, scopes, address, std::move(request),
                         [this](const HttpRequest &ready) { return m_http.send(ready); });
    };
    const auto open = [&] { return openUpload(repository, blob.digest, std::nullopt); };
    const auto isThere = [&] {
        const Result<bool> has = hasBlob(repository, blob.digest);
        return has && *has;
    };
    BlobUpload upload(repository, blob, body, m_http, m_access.bodyLimits(), {send, open, isThere, moved});
    const Status sent = upload.run(*opened);
    return sent ? Result<Uploaded>(Uploaded::Sent) : sent.error();
}

Result<std::optional<qint64>> RegistryClient::blobSize(const RemoteRepository &repository,
                                                       const Digest &digest)
{
    const Result<HttpResponse> response = askForBlob(repository, digest);
    if (!response) {
        return response.error();
    }
    if (!response->isSuccess()) {
        return readError(repository.host, subjectOf(repository, digest.toString()), *response);
    }
    bool isNumber = false;
    const qint64 size = response->header("Content-Length").toLongLong(&isNumber);
    return isNumber && size >= 0 ? std::optional(size) : std::nullopt;
}

Result<QByteArray> RegistryClient::smallBlob(const RemoteRepository &repository, const Descriptor &blob)
{
    HttpRequest request;
    request.longestAnswer = Manifest::maxBytes;
    Result<HttpResponse> response =
        send(repository, Intent::Pull, blobPath(repository, blob.digest), std::move(request));
    if (!response) {
        return response.error();
    }
    const QString subject = subjectOf(repository, blob.digest.toString());
    if (!response->isSuccess()) {
        return readError(repository.host, subject, *response);
    }
    if (const Digest digest = Digester::of(response->body, blob.digest.algorithm()); digest != blob.digest) {
        return wrongDigest(subject, digest);
    }
    return std::move(response->body);
}

} // namespace layerpool
