// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "registry/Credential.h"

#include <optional>

namespace layerpool {

/// Asks `docker-credential-NAME`, found in PATH, for a login (the protocol of docker-credential-helpers):
/// no shell, a bare environment, ten seconds. `server` as the helper knows the registry. Nothing where it
/// has none. Blocks. Errors: Denied (there is no such program, it failed, or it takes too long), Cancelled.
Result<std::optional<Credential>> askCredentialHelper(const QString &name, const QString &server,
                                                      const CancelToken &cancel);

} // namespace layerpool
