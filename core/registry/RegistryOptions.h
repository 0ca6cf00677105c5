// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

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
    QString authFile;  ///< a containers-auth.json, looked at first
};

} // namespace layerpool
