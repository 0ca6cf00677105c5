// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"

namespace layerpool {

/// What one look at a registry has shown.
struct ConnectionCheck
{
    QString issuer;            ///< of its certificate; empty over plain HTTP
    bool isUnverified = false; ///< the certificate could not be verified, and is allowed all the same
    bool asksForLogin = false; ///< for some of what it has, or for all
    QString user;              ///< whose login it takes; empty where none is known
    QString place;             ///< where that login is kept, in words

    /// "It answers over TLS (certificate by …) and takes the login of ann (the keyring)", without its stop.
    QString sentence(const QString &host) const;
};

/// Asks a registry whether it is there, who vouches for it, and whether it takes the login that is known for
/// it. Blocks. Errors: BadInput (the options name a file that can't be used), Unreachable, Untrusted, Server,
/// Denied (the login is refused), Cancelled.
Result<ConnectionCheck> checkConnection(const RegistryOptions &options, const QString &host,
                                        const CancelToken &cancel);

} // namespace layerpool
