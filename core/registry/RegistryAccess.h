// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpClient.h"
#include "registry/AuthChallenge.h"
#include "registry/BodyLimits.h"
#include "registry/Credentials.h"
#include "registry/RegistryOptions.h"
#include "registry/TokenServer.h"

#include <map>
#include <memory>
#include <mutex>

namespace layerpool {

/// What a registry answered when it was first spoken to.
struct RegistryEndpoint
{
    QUrl base;                             ///< scheme, host and port
    std::vector<AuthChallenge> challenges; ///< empty where it asks for no login
    QSslCertificate certificate;           ///< null over plain HTTP
    bool isUnverified = false;             ///< its certificate is one that was only allowed
    bool isForbidden = false;              ///< its door is shut, and it names no way to knock
};

/// What a registry says of a login. NotAsked: its door is open to everybody, so nobody can say.
enum class LoginCheck { Taken, NotAsked };

/// What all workers of a task know of the registries they talk to: where they are, what login they ask for,
/// the credentials and tokens. Shared by reference; any thread.
class RegistryAccess
{
public:
    /// For a look, which waits for no task. Errors: BadInput (a file that can't be used).
    static Result<std::unique_ptr<RegistryAccess>> create(RegistryOptions options);
    /// For a task, whose requests take their turns with those of others (HttpOptions::turns).
    static Result<std::unique_ptr<RegistryAccess>> createForTask(RegistryOptions options);

    const RegistryOptions &options() const { return m_options; }
    /// For the clients of its workers.
    const std::shared_ptr<Network> &network() const { return m_network; }

    /// Where a registry is: asked once, with one worker's client, while the others wait; the answer, a
    /// failure too, is kept for the task. https, and plain http only for loopback and hosts named insecure.
    /// Errors: Unreachable, Untrusted, Server, Cancelled.
    Result<RegistryEndpoint> endpoint(const QString &host, HttpClient &client);

    /// The value of `Authorization` for a request to the host, empty where none is needed. `scopes` as the
    /// token protocol has them (`repository:NAME:pull,push`). `challenges` are those of the last answer;
    /// `refused` is the value that was not taken. A name and password that a registry refused are not tried
    /// again: accounts get locked for less. Errors: Denied, Untrusted, and those of a request.
    Result<QByteArray> authorization(const QString &host, const RegistryEndpoint &endpoint,
                                     const std::vector<AuthChallenge> &challenges, const QString &repository,
                                     const QByteArrayList &scopes, const QByteArray &refused,
                                     HttpClient &client);

    /// What hosts take in one request.
    BodyLimits &bodyLimits() { return m_bodyLimits; }

    /// Why a login that might be known could not be had; nothing where none is known of, or one was found.
    std::optional<Error> loginTrouble(const QString &host, const QString &repository,
                                      const CancelToken &cancel);

    /// Whether the registry takes a login that is not kept yet. Errors: as of `endpoint` and `authorization`.
    Result<LoginCheck> checkLogin(const QString &host, const Credential &credential, HttpClient &client);

private:
    struct Host
    {
        std::mutex mutex; ///< held while the host is asked something that all workers wait for
        std::optional<Result<RegistryEndpoint>> endpoint;
        std::map<QByteArray, Status> logins; ///< by basic header: what the host said of it
    };

    RegistryAccess(RegistryOptions options, std::shared_ptr<Network> network)
        : m_options(std::move(options)), m_network(std::move(network))
    {
    }

    std::shared_ptr<Host> entryOf(const QString &host);
    /// In the order in which to ask. A program on this machine rarely speaks TLS; elsewhere it comes first.
    std::vector<QString> schemesOf(const QString &host) const;
    Result<RegistryEndpoint> probe(const QString &host, HttpClient &client) const;
    Result<RegistryEndpoint> probeAt(const QUrl &url, const QString &host, HttpClient &client) const;
    Result<TokenRequest> tokenRequest(const QString &host, const RegistryEndpoint &endpoint,
                                      const AuthChallenge &challenge,
                                      const std::optional<Credential> &credential,
                                      const QByteArrayList &scopes) const;
    /// Fetches with a login whose fate is known, or finds it out while the other workers wait.
    Result<Token> fetchToken(const QString &host, const TokenRequest &request, HttpClient &client);
    Result<QByteArray> basicLogin(const QString &host, const RegistryEndpoint &endpoint,
                                  const Credential &credential, HttpClient &client);
    /// What the host says of a login at its door.
    Status knock(const QString &host, const RegistryEndpoint &endpoint, const QByteArray &authorization,
                 const Credential &credential, HttpClient &client) const;

    RegistryOptions m_options;
    std::shared_ptr<Network> m_network;
    std::unique_ptr<Credentials> m_credentials;
    TokenCache m_tokens;
    BodyLimits m_bodyLimits;
    std::mutex m_mutex; ///< guards the table, not its entries
    std::map<QString, std::shared_ptr<Host>> m_hosts;
};

/// Whether the registry takes a login, asked by itself. Blocks. Errors: as of RegistryAccess, Cancelled.
Result<LoginCheck> checkLogin(RegistryOptions options, const QString &host, const Credential &credential,
                              const CancelToken &cancel);

} // namespace layerpool
