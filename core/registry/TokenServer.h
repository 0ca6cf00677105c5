// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpClient.h"
#include "registry/Credential.h"
#include "registry/TokenCache.h"

#include <QUrl>

#include <optional>

namespace layerpool {

/// What a registry's token server is asked for (Distribution's token and OAuth2 protocols).
struct TokenRequest
{
    QString registry; ///< HOST[:PORT], for messages
    QUrl realm;       ///< where the server is; may see the credential
    QByteArray service;
    QByteArrayList scopes;
    std::optional<Credential> credential; ///< nothing: as nobody
    bool showsCertificate = false;        ///< it is of the registry's own origin
};

/// Blocks. Errors: Denied (it does not take the login, or gives no token for these scopes), Server, and those
/// of a request. `isLoginRefused` is set where it is the login itself that was not taken.
Result<Token> requestToken(const TokenRequest &request, HttpClient &client, bool *isLoginRefused = nullptr);

/// What is said where it is not the login that is wrong, but what was asked for with it.
Error notForLogin(const TokenRequest &request);

/// What is said where a registry, or its token server, does not take a login.
Error refusedLogin(const QString &registry, const Credential &credential);

} // namespace layerpool
