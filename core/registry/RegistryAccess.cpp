// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryAccess.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"
#include "net/Origin.h"
#include "registry/RegistryAnswer.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kProbeIdleSeconds = 10;

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
    const bool isHub =
        registry.host() == RegistryAddress::dockerHubApi() && realm.host() == QLatin1String("auth.docker.io");
    return registry.host() == realm.host() || isParent || isHub;
}

Error noLogin(const QString &host)
{
    return {ErrorKind::Denied, Text::tr("%1 asks for a login").arg(host),
            Text::tr("no name and password for it are known"), Text::tr("Sign in to %1 first").arg(host),
            host};
}

// What stands in the way of a login is told; that it is missing is what the registry minds.
Error missingLogin(const QString &host, const Credentials::Found &found)
{
    Error error = found.trouble.value_or(noLogin(host));
    error.kind = ErrorKind::Denied;
    error.signInTo = host;
    return error;
}

// Whoever has logins in several places must know which of them to mend.
Error withPlace(Error error, const Credentials::Found &found)
{
    if (found.credential && error.kind == ErrorKind::Denied) {
        error.why = Text::tr("%1; the login is that of %2").arg(error.why, found.place);
    }
    return error;
}

Error foreignRealm(const QString &host, const QUrl &realm)
{
    return {ErrorKind::Untrusted,
            Text::tr("%1 wants its password sent to %2").arg(host, realm.host()),
            Text::tr("that is another site, and nobody has said that it may see it"),
            Text::tr("Allow %1 as a login server, if that is where its accounts are kept").arg(realm.host()),
            host,
            realm.host(),
            {QStringLiteral("--realm ") + realm.host()}};
}

} // namespace

Result<std::unique_ptr<RegistryAccess>> RegistryAccess::create(RegistryOptions options)
{
    options.http.turns.reset();
    return createForTask(std::move(options));
}

Result<std::unique_ptr<RegistryAccess>> RegistryAccess::createForTask(RegistryOptions options)
{
    Result<std::shared_ptr<Network>> network = Network::create(options.http);
    if (!network) {
        return network.error();
    }
    Result<std::unique_ptr<Credentials>> credentials =
        Credentials::load({options.session, options.authFile, options.keyring});
    if (!credentials) {
        return credentials.error();
    }
    std::unique_ptr<RegistryAccess> access(new RegistryAccess(std::move(options), *std::move(network)));
    access->m_credentials = *std::move(credentials);
    return access;
}

std::shared_ptr<RegistryAccess::Host> RegistryAccess::entryOf(const QString &host)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<Host> &slot = m_hosts[host];
    if (!slot) {
        slot = std::make_shared<Host>();
    }
    return slot;
}

Result<RegistryEndpoint> RegistryAccess::endpoint(const QString &host, HttpClient &client)
{
    const std::shared_ptr<Host> entry = entryOf(host);
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
    return namesHost(m_options.http.insecureHosts, host) ? std::vector{https, http} : std::vector{https};
}

Result<RegistryEndpoint> RegistryAccess::probe(const QString &host, HttpClient &client) const
{
    const std::vector<QString> schemes = schemesOf(host);
    std::optional<Error> telling;
    for (const QString &scheme : schemes) {
        Result<RegistryEndpoint> endpoint =
            probeAt(QUrl(QStringLiteral("%1://%2/v2/").arg(scheme, RegistryAddress{host, {}}.apiHost())),
                    host, client);
        if (endpoint || endpoint.error().kind == ErrorKind::Cancelled) {
            return endpoint;
        }
        // The last says more, unless an earlier one was an answer, or a certificate that can't be trusted.
        const bool isTold =
            telling && (telling->kind == ErrorKind::Server || telling->kind == ErrorKind::Untrusted);
        if (!isTold) {
            telling = endpoint.error();
        }
    }
    return *telling;
}

Result<RegistryEndpoint> RegistryAccess::probeAt(const QUrl &url, const QString &host,
                                                 HttpClient &client) const
{
    HttpRequest request;
    request.url = url;
    request.showsCertificate = true;
    request.idleSeconds = std::min(kProbeIdleSeconds, m_options.http.idleSeconds);
    const Result<HttpResponse> answer = client.send(request);
    if (!answer) {
        return answer.error();
    }
    if (answer->status == 400 && url.scheme() == QLatin1String("http")) { // so say servers that want TLS
        return Error{ErrorKind::Unreachable, Text::tr("%1 does not speak plain HTTP").arg(host), {}, {}};
    }
    if (answer->status == 429) {
        return answerError(host, host, *answer);
    }
    if (!answer->isSuccess() && answer->status != 401 && answer->status != 403) {
        return Error{ErrorKind::Server, Text::tr("%1 does not answer as a registry").arg(host),
                     Text::tr("it says %1 to /v2/").arg(answer->status),
                     HttpClient::isPassing(*answer) ? Text::tr("The fault is on its side; try again later")
                                                    : Text::tr("Check the address")};
    }
    RegistryEndpoint endpoint;
    endpoint.base = url;
    endpoint.base.setPath({});
    endpoint.certificate = answer->certificate;
    endpoint.isUnverified = answer->isUnverified;
    endpoint.isForbidden = answer->status == 403;
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
    const AuthChallenge *bearer = challengeOf(challenges, "bearer");
    if (bearer == nullptr && challengeOf(challenges, "basic") == nullptr) {
        return QByteArray();
    }
    const Result<Credentials::Found> found = m_credentials->find(host, repository, client.cancel());
    if (!found) {
        return found.error();
    }
    if (bearer == nullptr && !found->credential) {
        return missingLogin(host, *found);
    }
    if (bearer == nullptr) {
        Result<QByteArray> login = basicLogin(host, endpoint, *found->credential, client);
        return login ? login : withPlace(login.error(), *found);
    }
    const Result<TokenRequest> request = tokenRequest(host, endpoint, *bearer, found->credential, scopes);
    if (!request) {
        return request.error();
    }
    const QByteArray realm = host.toUtf8() + ' ' + request->realm.toEncoded();
    const QByteArray stale = refused.startsWith("Bearer ") ? refused.sliced(7) : QByteArray();
    const Result<QByteArray> token = m_tokens.token(realm, request->scopes.join(' '), stale,
                                                    [&] { return fetchToken(host, *request, client); });
    if (!token) {
        const bool isMissing = !found->credential && token.error().kind == ErrorKind::Denied;
        return isMissing ? missingLogin(host, *found) : withPlace(token.error(), *found);
    }
    return "Bearer " + *token;
}

std::optional<Error> RegistryAccess::loginTrouble(const QString &host, const QString &repository,
                                                  const CancelToken &cancel)
{
    const Result<Credentials::Found> found = m_credentials->find(host, repository, cancel);
    return found && !found->credential ? found->trouble : std::nullopt;
}

Status RegistryAccess::knock(const QString &host, const RegistryEndpoint &endpoint,
                             const QByteArray &authorization, const Credential &credential,
                             HttpClient &client) const
{
    HttpRequest request;
    request.url = endpoint.base.resolved(QUrl(QStringLiteral("/v2/")));
    request.authorization = authorization;
    request.showsCertificate = true;
    const Result<HttpResponse> answer = client.send(request);
    if (!answer) {
        return answer.error();
    }
    return answer->status == 401 ? Status(refusedLogin(host, credential)) : Status();
}

Result<QByteArray> RegistryAccess::basicLogin(const QString &host, const RegistryEndpoint &endpoint,
                                              const Credential &credential, HttpClient &client)
{
    const std::shared_ptr<Host> entry = entryOf(host);
    const std::lock_guard lock(entry->mutex);
    const QByteArray header = credential.basicHeader();
    auto known = entry->logins.find(header);
    if (known == entry->logins.end()) {
        const Status taken = knock(host, endpoint, header, credential, client);
        if (!taken && taken.error().kind != ErrorKind::Denied) {
            return taken.error();
        }
        known = entry->logins.emplace(header, taken).first;
    }
    return known->second ? Result<QByteArray>(header) : known->second.error();
}

Result<TokenRequest> RegistryAccess::tokenRequest(const QString &host, const RegistryEndpoint &endpoint,
                                                  const AuthChallenge &challenge,
                                                  const std::optional<Credential> &credential,
                                                  const QByteArrayList &scopes) const
{
    const QUrl realm = QUrl::fromEncoded(challenge.parameters.value("realm"));
    const bool mayBePlain =
        endpoint.base.scheme() == QLatin1String("http") &&
        (isLoopbackHost(hostOf(realm)) || namesHost(m_options.http.insecureHosts, realm.authority()));
    const bool isSafe =
        realm.scheme() == QLatin1String("https") || (realm.scheme() == QLatin1String("http") && mayBePlain);
    if (!realm.isValid() || !isSafe || !realm.userInfo().isEmpty()) {
        return Error{ErrorKind::Untrusted,
                     Text::tr("%1 names no safe place for tokens").arg(endpoint.base.host()),
                     Text::tr("its realm is no https address"),
                     {}};
    }
    if (credential && !maySeePassword(endpoint.base, realm) &&
        !namesHost(m_options.trustedRealms, realm.authority())) {
        return foreignRealm(host, realm);
    }
    return TokenRequest{host,   realm,      challenge.parameters.value("service"),
                        scopes, credential, isSameOrigin(endpoint.base, realm)};
}

Result<Token> RegistryAccess::fetchToken(const QString &host, const TokenRequest &request, HttpClient &client)
{
    if (!request.credential) {
        return requestToken(request, client);
    }
    const QByteArray login = request.credential->basicHeader();
    const std::shared_ptr<Host> entry = entryOf(host);
    std::unique_lock lock(entry->mutex);
    if (const auto known = entry->logins.find(login); known != entry->logins.end()) {
        if (!known->second) {
            return known->second.error();
        }
        lock.unlock();
        bool isScopeRefused = false;
        Result<Token> token = requestToken(request, client, &isScopeRefused);
        return isScopeRefused ? Result<Token>(notForLogin(request)) : token;
    }
    bool isLoginRefused = false;
    Result<Token> token = requestToken(request, client, &isLoginRefused);
    if (isLoginRefused && !request.scopes.isEmpty()) {
        // Some servers say 401 too where the login is right and the repository is not for it.
        TokenRequest bare = request;
        bare.scopes.clear();
        const Result<Token> any = requestToken(bare, client);
        if (any) {
            entry->logins.emplace(login, Status());
            return notForLogin(request);
        }
        // A server that does not answer now has not judged it; one that answers anything else has.
        isLoginRefused = any.error().kind == ErrorKind::Denied;
    }
    if (token || isLoginRefused) {
        entry->logins.emplace(login, token ? Status() : token.error());
    }
    return token;
}

Result<LoginCheck> RegistryAccess::checkLogin(const QString &host, const Credential &credential,
                                              HttpClient &client)
{
    const Result<RegistryEndpoint> there = endpoint(host, client);
    if (!there) {
        return there.error();
    }
    QByteArray authorization = credential.basicHeader();
    if (const AuthChallenge *bearer = challengeOf(there->challenges, "bearer")) {
        const Result<TokenRequest> request = tokenRequest(host, *there, *bearer, credential, {});
        if (!request) {
            return request.error();
        }
        const Result<Token> token = requestToken(*request, client);
        if (!token) {
            return token.error();
        }
        authorization = "Bearer " + token->value;
    } else if (challengeOf(there->challenges, "basic") == nullptr) {
        return LoginCheck::NotAsked;
    }
    const Status taken = knock(host, *there, authorization, credential, client);
    return taken ? Result<LoginCheck>(LoginCheck::Taken) : taken.error();
}

Result<LoginCheck> checkLogin(RegistryOptions options, const QString &host, const Credential &credential,
                              const CancelToken &cancel)
{
    options.authFile.clear(); // what is known already does not matter, and the file may not be there yet
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(std::move(options));
    if (!access) {
        return access.error();
    }
    HttpClient client((*access)->network(), cancel);
    return (*access)->checkLogin(host, credential, client);
}

} // namespace layerpool
