// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpOptions.h"
#include "registry/CredentialStore.h"

#include <memory>

namespace layerpool {

inline constexpr NumberRange jobsRange{1, 64};

/// How registries are talked to: what a user may set. Defaults are those of the command line.
struct RegistryOptions
{
    int jobs = 8;     ///< transfers at a time
    QString authFile; ///< a containers-auth.json, looked at before all but the session's logins
    /// Hosts of login servers that may see the password of a registry of another site.
    QStringList trustedRealms;
    std::shared_ptr<CredentialStore> session; ///< logins of this run alone; null: none
    std::shared_ptr<CredentialStore> keyring; ///< null: none
    /// Plain HTTP is allowed, too, where it allows any certificate.
    HttpOptions http;
};

} // namespace layerpool
