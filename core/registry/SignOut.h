// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"

namespace layerpool {

struct SignedOut
{
    bool wasThere = false;
    QString elsewhere; ///< a place that still has a login, and is not ours; empty where there is none
    bool isInLastingFile = false; ///< whether that is, or also is, Credentials::lastingFile()
};

/// Forgets the login for a registry: the one of the file that the options name, else the session's and the
/// keyring's. Blocks. Errors: those of the stores (a machine without a keyring is none), Cancelled.
Result<SignedOut> signOut(const RegistryOptions &options, const QString &host, const CancelToken &cancel);

} // namespace layerpool
