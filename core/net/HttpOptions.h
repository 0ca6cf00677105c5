// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/RateLimit.h"
#include "net/RequestTurns.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>

namespace layerpool {

/// Where other container tools keep certificates, a folder a registry: the user's own first.
QStringList standardCertificateFolders();

/// A number that a user may set.
struct NumberRange
{
    int least;
    int most;
};
inline constexpr NumberRange triesRange{1, 100};
inline constexpr NumberRange idleSecondsRange{1, 3600};
inline constexpr NumberRange hostRequestsRange{1, 64};

/// How requests are made: what a user may set. Defaults are those of the command line.
struct HttpOptions
{
    int tries = 5;                  ///< of one request that fails for a passing reason
    int idleSeconds = 30;           ///< without any byte, until a connection counts as dead
    QStringList insecureHosts = {}; ///< HOST[:PORT] whose certificate is not verified
    QString caFile = {};            ///< PEM, trusted beside the system's
    /// A client certificate and its key (PEM), both or none: for the registries that the user talks to.
    QString certificateFile = {};
    QString keyFile = {};
    /// Folders that hold a folder `HOST[:PORT]` for a registry (containers-certs.d): the first of those
    /// counts.
    QStringList certificateFolders = standardCertificateFolders();
    QString proxy = {};                        ///< a URL, `none`, or empty for what the environment says
    std::shared_ptr<RateLimit> rateLimit = {}; ///< shared by all that shall keep it together; null: none
    /// Requests that a host, HOST[:PORT], gets at a time, where that is not HostGates::mostAtOneHost.
    QHash<QString, int> hostRequests = {};
    /// Shared by tasks that run at once, and keep to these limits together; null: each keeps to its own.
    std::shared_ptr<RequestTurns> turns = {};
    int longestHoldSeconds = 60; ///< that a host may ask to be left alone for at a time
};

} // namespace layerpool
