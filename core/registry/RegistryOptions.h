// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/CredentialStore.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace layerpool {

/// How registries are talked to: what a user may set. Defaults are those of the command line.
struct RegistryOptions
{
    int jobs = 8;         ///< transfers at a time
    int tries = 5;        ///< of one request that fails for a passing reason
    int idleSeconds = 30; ///< without any byte, until a connection counts as dead
    QStringList
        insecureHosts; ///< HOST[:PORT] for which a certificate is not verified, and plain HTTP allowed
    QString caFile;    ///< PEM; trusted beside the system's
    QString authFile;  ///< a containers-auth.json, looked at before all but the session's logins
    /// Hosts of login servers that may see the password of a registry of another site.
    QStringList trustedRealms;
    std::shared_ptr<CredentialStore> session; ///< logins of this run alone; null: none
    std::shared_ptr<CredentialStore> keyring; ///< null: none
};

} // namespace layerpool
