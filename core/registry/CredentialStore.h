// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "registry/Credential.h"

#include <QHash>

#include <mutex>
#include <optional>

namespace layerpool {

/// Where a person's logins are kept, one for each registry (HOST[:PORT], `docker.io` for Docker Hub).
/// Blocks; any thread. Errors: Unsupported (there is no such place on this machine), Storage, Cancelled.
class CredentialStore
{
public:
    virtual ~CredentialStore() = default;

    virtual Result<std::optional<Credential>> find(const QString &host, const CancelToken &cancel) = 0;
    virtual Status store(const QString &host, const Credential &credential, const CancelToken &cancel) = 0;
    /// Whether there was one.
    virtual Result<bool> remove(const QString &host, const CancelToken &cancel) = 0;
    /// An error where nothing can be kept here.
    virtual Status check(const CancelToken &cancel) = 0;
};

/// In memory, and gone with the program.
class SessionStore final : public CredentialStore
{
public:
    Result<std::optional<Credential>> find(const QString &host, const CancelToken &cancel) override;
    Status store(const QString &host, const Credential &credential, const CancelToken &cancel) override;
    Result<bool> remove(const QString &host, const CancelToken &cancel) override;
    Status check(const CancelToken &) override { return {}; }

private:
    std::mutex m_mutex;
    QHash<QString, Credential> m_byHost;
};

} // namespace layerpool
