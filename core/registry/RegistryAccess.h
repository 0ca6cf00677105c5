// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpClient.h"
#include "registry/AuthChallenge.h"
#include "registry/BodyLimits.h"
#include "registry/Credentials.h"
#include "registry/RegistryOptions.h"
#include "registry/TokenCache.h"

#include <map>
#include <memory>
#include <mutex>

namespace layerpool {

/// What a registry answered when it was first spoken to.
struct RegistryEndpoint
{
    QUrl base;                             ///< scheme, host and port
    std::vector<AuthChallenge> challenges; ///< empty where it asks for no login
};

/// What all workers of a task know of the registries they talk to: where they are, what login they ask for,
/// the credentials and tokens. Shared by reference; any thread.
class RegistryAccess
{
public:
    /// Errors: BadInput (an auth file that can't be read).
    static Result<std::unique_ptr<RegistryAccess>> create(RegistryOptions options);

    const RegistryOptions &options() const { return m_options; }
    HttpOptions httpOptions() const;

    /// Where a registry is: asked once, with one worker's client, while the others wait; the answer, a
    /// failure too, is kept for the task. https, and plain http only for loopback and hosts named insecure.
    /// Errors: Unreachable, Untrusted, Server, Cancelled.
    Result<RegistryEndpoint> endpoint(const QString &host, HttpClient &client);

    /// The value of `Authorization` for a request to the host, empty where none is needed. `scopes` as the
    /// token protocol has them (`repository:NAME:pull,push`). `challenges` are those of the last answer;
    /// `refused` is the value that was not taken. Errors: Denied, and those of a request.
    Result<QByteArray> authorization(const QString &host, const RegistryEndpoint &endpoint,
                                     const std::vector<AuthChallenge> &challenges, const QString &repository,
                                     const QByteArrayList &scopes, const QByteArray &refused,
                                     HttpClient &client);

    /// What hosts take in one request.
    BodyLimits &bodyLimits() { return m_bodyLimits; }

private:
    struct Host
    {
        std::mutex mutex;
        std::optional<Result<RegistryEndpoint>> endpoint;
    };

    explicit RegistryAccess(RegistryOptions options) : m_options(std::move(options)) {}

    /// In the order in which to ask. A program on this machine rarely speaks TLS; elsewhere it comes first.
    std::vector<QString> schemesOf(const QString &host) const;
    Result<RegistryEndpoint> probe(const QString &host, HttpClient &client) const;
    Result<RegistryEndpoint> probeAt(const QUrl &url, const QString &host, HttpClient &client) const;
    Result<Token> fetchToken(const AuthChallenge &challenge, const RegistryEndpoint &endpoint,
                             const std::optional<Credential> &credential, const QByteArrayList &scopes,
                             HttpClient &client) const;

    RegistryOptions m_options;
    Credentials m_credentials;
    TokenCache m_tokens;
    BodyLimits m_bodyLimits;
    std::mutex m_mutex; ///< guards the table, not its entries
    std::map<QString, std::shared_ptr<Host>> m_hosts;
};

} // namespace layerpool
