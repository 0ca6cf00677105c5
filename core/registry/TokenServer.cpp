// SPDX-License-Identifier: Apache-2.0
#include "registry/TokenServer.h"

#include "base/Text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qint64 kLongestToken = 1024 * 1024;
constexpr int kDefaultTokenSeconds = 60; // where the server does not say (Distribution's token protocol)

Error noToken(const TokenRequest &request, const QString &why)
{
    return {ErrorKind::Denied, Text::tr("%1 gives no access token").arg(request.realm.host()), why,
            Text::tr("Check the name and password, and what they are allowed to do"), request.registry};
}

QByteArray encoded(const QByteArray &text)
{
    return text.toPercentEncoding();
}

HttpRequest byPassword(const TokenRequest &request)
{
    QUrlQuery query(request.realm);
    if (!request.service.isEmpty()) {
        query.addQueryItem(QStringLiteral("service"), QString::fromLatin1(encoded(request.service)));
    }
    for (const QByteArray &scope : request.scopes) {
        query.addQueryItem(QStringLiteral("scope"), QString::fromUtf8(scope));
    }
    HttpRequest wire;
    wire.url = request.realm;
    wire.url.setQuery(query);
    if (request.credential) {
        wire.authorization = request.credential->basicHeader();
    }
    return wire;
}

HttpRequest byIdentityToken(const TokenRequest &request)
{
    HttpRequest wire;
    wire.verb = "POST";
    wire.url = request.realm;
    wire.headers.emplaceBack("Content-Type", "application/x-www-form-urlencoded");
    wire.body = "grant_type=refresh_token&client_id=layerpool&service=" + encoded(request.service) +
                "&refresh_token=" + encoded(request.credential->identityToken.toUtf8());
    if (!request.scopes.isEmpty()) {
        wire.body += "&scope=" + encoded(request.scopes.join(' '));
    }
    wire.isSecret = true;
    return wire;
}

Result<Token> readToken(const TokenRequest &request, const HttpResponse &answer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    Token token;
    token.value = object.value(QLatin1String("token")).toString().toUtf8();
    if (token.value.isEmpty()) {
        token.value = object.value(QLatin1String("access_token")).toString().toUtf8();
    }
    const bool isClean = std::all_of(token.value.begin(), token.value.end(),
                                     [](char c) { return c > ' ' && c < '\x7f'; }); // it goes into a header
    if (token.value.isEmpty() || !isClean) {
        return noToken(request, Text::tr("its answer holds none"));
    }
    constexpr int day = 86'400;
    const int seconds =
        std::clamp(object.value(QLatin1String("expires_in")).toInt(kDefaultTokenSeconds), 1, day);
    // Renewed a little before it ends, so that no request starts with one that is about to.
    token.goodUntil = std::chrono::steady_clock::now() + std::chrono::seconds(seconds) -
                      std::chrono::milliseconds(std::min(10'000, seconds * 200));
    return token;
}

} // namespace

Error refusedLogin(const QString &registry, const Credential &credential)
{
    return {ErrorKind::Denied, Text::tr("%1 refused the login").arg(registry),
            credential.user.isEmpty()
                ? Text::tr("it did not take the identity token")
                : Text::tr("it did not take the name “%1” and its password").arg(credential.user),
            Text::tr("Sign in to %1 again").arg(registry), registry};
}

Error notForLogin(const TokenRequest &request)
{
    Error error = noToken(request, Text::tr("the login is right, and not allowed to do this"));
    error.hint = Text::tr("Ask who grants access there, or sign in as somebody else");
    return error;
}

Result<Token> requestToken(const TokenRequest &request, HttpClient &client, bool *isLoginRefused)
{
    const auto ask = [&](HttpRequest wire) {
        wire.longestAnswer = kLongestToken;
        wire.showsCertificate = request.showsCertificate;
        return client.send(wire);
    };
    const bool hasIdentity = request.credential && !request.credential->identityToken.isEmpty();
    Result<HttpResponse> answer = ask(hasIdentity ? byIdentityToken(request) : byPassword(request));
    // Servers without OAuth2 say so in many ways; all of them know the other one.
    constexpr std::array noOAuth{400, 401, 404, 405};
    if (hasIdentity && answer && std::find(noOAuth.begin(), noOAuth.end(), answer->status) != noOAuth.end()) {
        answer = ask(byPassword(request));
    }
    if (!answer) {
        return answer.error();
    }
    if (answer->isSuccess()) {
        return readToken(request, *answer);
    }
    if (answer->status == 401 && request.credential) {
        if (isLoginRefused != nullptr) {
            *isLoginRefused = true;
        }
        return refusedLogin(request.registry, *request.credential);
    }
    Error error = noToken(request, Text::tr("it answers %1").arg(answer->status));
    if (HttpClient::isPassing(*answer)) {
        error.kind = ErrorKind::Server;
        error.hint = Text::tr("The fault is on its side; try again later");
        error.signInTo.clear();
    }
    return error;
}

} // namespace layerpool
