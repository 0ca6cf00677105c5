// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryAccess.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QUrlQuery>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qint64 kLongestToken = 1024 * 1024;
constexpr int kProbeIdleSeconds = 10;
constexpr int kDefaultTokenSeconds = 60; // where the server does not say (Distribution's token protocol)

// Docker Hub's API answers at another name than its images bear.
QString apiHost(const QString &host)
{
    return host == RegistryAddress::dockerHub().host ? QStringLiteral("registry-1.docker.io") : host;
}

const AuthChallenge *challengeOf(const std::vector<AuthChallenge> &challenges, const QByteArray &scheme)
{
    const auto found =
        std::find_if(challenges.begin(), challenges.end(),
                     [&](const AuthChallenge &challenge) { return challenge.scheme == scheme; });
    return found == challenges.end() ? nullptr : &*found;
}

// A realm may see a registry's password where both are one host, where the realm's host is the registry's
// parent (registry.gitlab.com and gitlab.com), and at Docker Hub. Others get no password.
bool maySeePassword(const QUrl &registry, const QUrl &realm)
{
    if (realm.scheme() != QLatin1String("https") && registry.scheme() == QLatin1String("https")) {
        return false;
    }
    const bool isParent =
        realm.host().contains(QLatin1Char('.')) && registry.host().endsWith(QLatin1Char('.') + realm.host());
    const bool isHub = registry.host() == apiHost(RegistryAddress::dockerHub().host) &&
                       realm.host() == QLatin1String("auth.docker.io");
    return registry.host() == realm.host() || isParent || isHub;
}

Error noLogin(const QString &host)
{
    return {ErrorKind::Denied, Text::tr("%1 asks for a login").arg(host),
            Text::tr("no name and password for it are known"),
            Text::tr("Sign in with “skopeo login %1”, or name an auth file (--authfile)").arg(host)};
}

Error badToken(const QUrl &realm, const QString &why)
{
    return {ErrorKind::Denied, Text::tr("%1 gives no access token").arg(realm.host()), why,
            Text::tr("Check the name and password, and what they are allowed to do")};
}

} // namespace

Result<std::unique_ptr<RegistryAccess>> RegistryAccess::create(RegistryOptions options)
{
    if (!options.caFile.isEmpty() && QSslCertificate::fromPath(options.caFile).isEmpty()) {
        return Error{ErrorKind::BadInput,
                     Text::tr("Cannot use the authorities in %1").arg(options.caFile),
                     Text::tr("it holds no certificate (PEM)"),
                     {}};
    }
    Result<Credentials> credentials = Credentials::load(options.authFile);
    if (!credentials) {
        return credentials.error();
    }
    std::unique_ptr<RegistryAccess> access(new RegistryAccess(std::move(options)));
    access->m_credentials = *std::move(credentials);
    return access;
}

HttpOptions RegistryAccess::httpOptions() const
{
    return {m_options.tries, m_options.idleSeconds, m_options.insecureHosts, m_options.caFile};
}

Result<RegistryEndpoint> RegistryAccess::endpoint(const QString &host, HttpClient &client)
{
    std::shared_ptr<Host> entry;
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Host> &slot = m_hosts[host];
        if (!slot) {
            slot = std::make_shared<Host>();
        }
        entry = slot;
    }
    const std::lock_guard lock(entry->mutex);
    if (!entry->endpoint) {
        Result<RegistryEndpoint> found = probe(host, client);
        if (!found && found.error().kind == ErrorKind::Cancelled) {
            return found;
        }
        entry->endpoint = std::move(found);
    }
    return *entry->endpoint;
}

std::vector<QString> RegistryAccess::schemesOf(const QString &host) const
{
    const QString http = QStringLiteral("http");
    const QString https = QStringLiteral("https");
    if (isLoopbackHost(host)) {
        return {http, https};
    }
    return namesHost(m_options.insecureHosts, host) ? std::vector{https, http} : std::vector{https};
}

Result<RegistryEndpoint> RegistryAccess::probe(const QString &host, HttpClient &client) const
{
    const std::vector<QString> schemes = schemesOf(host);
    std::optional<Error> first;
    for (const QString &scheme : schemes) {
        Result<RegistryEndpoint> endpoint =
            probeAt(QUrl(QStringLiteral("%1://%2/v2/").arg(scheme, apiHost(host))), host, client);
        if (endpoint || endpoint.error().kind == ErrorKind::Cancelled) {
            return endpoint;
        }
        // The last says more, except that an untrusted certificate says most.
        if (!first || first->kind != ErrorKind::Untrusted) {
            first = endpoint.error();
        }
    }
    return *first;
}

Result<RegistryEndpoint> RegistryAccess::probeAt(const QUrl &url, const QString &host,
                                                 HttpClient &client) const
{
    HttpRequest request;
    request.url = url;
    request.idleSeconds = std::min(kProbeIdleSeconds, m_options.idleSeconds);
    const Result<HttpResponse> answer = client.send(request);
    if (!answer) {
        return answer.error();
    }
    if (!answer->isSuccess() && answer->status != 401 && answer->status != 403) {
        return Error{ErrorKind::Server, Text::tr("%1 does not answer as a registry").arg(host),
                     Text::tr("it says %1 to /v2/").arg(answer->status), Text::tr("Check the address")};
    }
    RegistryEndpoint endpoint;
    endpoint.base = url;
    endpoint.base.setPath({});
    if (answer->status == 401) {
        endpoint.challenges = AuthChallenge::parse(answer->header("WWW-Authenticate"));
    }
    return endpoint;
}

Result<QByteArray> RegistryAccess::authorization(const QString &host, const RegistryEndpoint &endpoint,
                                                 const std::vector<AuthChallenge> &challenges,
                                                 const QString &repository, const QByteArrayList &scopes,
                                                 const QByteArray &refused, HttpClient &client)
{
    const std::optional<Credential> credential = m_credentials.find(host, repository);
    if (const AuthChallenge *bearer = challengeOf(challenges, "bearer")) {
        const QByteArray key = host.toUtf8() + ' ' + scopes.join(' ');
        const QByteArray stale = refused.startsWith("Bearer ") ? refused.sliced(7) : QByteArray();
        const Result<QByteArray> token = m_tokens.token(
            key, stale, [&] { return fetchToken(*bearer, endpoint, credential, scopes, client); });
        return token ? Result<QByteArray>("Bearer " + *token) : token;
    }
    if (challengeOf(challenges, "basic") != nullptr) {
        if (!credential) {
            return noLogin(host);
        }
        const QByteArray header = credential->basicHeader();
        if (header == refused) {
            return Error{ErrorKind::Denied, Text::tr("%1 refused the login").arg(host),
                         Text::tr("it did not take the name “%1” and its password").arg(credential->user),
                         Text::tr("Sign in again with “skopeo login %1”").arg(host)};
        }
        return header;
    }
    return QByteArray();
}

Result<Token> RegistryAccess::fetchToken(const AuthChallenge &challenge, const RegistryEndpoint &endpoint,
                                         const std::optional<Credential> &credential,
                                         const QByteArrayList &scopes, HttpClient &client) const
{
    HttpRequest request;
    request.url = QUrl::fromEncoded(challenge.parameters.value("realm"));
    const bool mayBePlain =
        isLoopbackHost(request.url.host()) || namesHost(m_options.insecureHosts, request.url.authority());
    const bool isSafe = request.url.scheme() == QLatin1String("https") ||
                        (request.url.scheme() == QLatin1String("http") && mayBePlain);
    if (!request.url.isValid() || !isSafe || !request.url.userInfo().isEmpty()) {
        return Error{ErrorKind::Untrusted,
                     Text::tr("%1 names no safe place for tokens").arg(endpoint.base.host()),
                     Text::tr("its realm is no https address"),
                     {}};
    }
    QUrlQuery query(request.url);
    if (const QByteArray service = challenge.parameters.value("service"); !service.isEmpty()) {
        query.addQueryItem(QStringLiteral("service"),
                           QString::fromUtf8(QUrl::toPercentEncoding(QString::fromUtf8(service))));
    }
    for (const QByteArray &scope : scopes) {
        query.addQueryItem(QStringLiteral("scope"), QString::fromUtf8(scope));
    }
    request.url.setQuery(query);
    request.longestAnswer = kLongestToken;
    if (credential && maySeePassword(endpoint.base, request.url)) {
        request.authorization = credential->basicHeader();
    }
    const Result<HttpResponse> answer = client.send(request);
    if (!answer) {
        return answer.error();
    }
    if (!answer->isSuccess()) {
        return badToken(request.url, Text::tr("it answers %1").arg(answer->status));
    }
    const QJsonObject object = QJsonDocument::fromJson(answer->body).object();
    Token token;
    token.value = object.value(QLatin1String("token")).toString().toUtf8();
    if (token.value.isEmpty()) {
        token.value = object.value(QLatin1String("access_token")).toString().toUtf8();
    }
    if (token.value.isEmpty()) {
        return badToken(request.url, Text::tr("its answer holds none"));
    }
    constexpr int day = 86'400;
    const int seconds =
        std::clamp(object.value(QLatin1String("expires_in")).toInt(kDefaultTokenSeconds), 1, day);
    // Renewed a little before it ends, so that no request starts with one that is about to.
    token.goodUntil = std::chrono::steady_clock::now() + std::chrono::seconds(seconds) -
                      std::chrono::milliseconds(std::min(10'000, seconds * 200));
    return token;
}

} // namespace layerpool
