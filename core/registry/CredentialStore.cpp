// SPDX-License-Identifier: Apache-2.0
#include "registry/CredentialStore.h"

namespace layerpool {

Result<std::optional<Credential>> SessionStore::find(const QString &host, const CancelToken &)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_byHost.constFind(host);
    return found == m_byHost.constEnd() ? std::optional<Credential>() : *found;
}

Status SessionStore::store(const QString &host, const Credential &credential, const CancelToken &)
{
    const std::lock_guard lock(m_mutex);
    m_byHost.insert(host, credential);
    return {};
}

Result<bool> SessionStore::remove(const QString &host, const CancelToken &)
{
    const std::lock_guard lock(m_mutex);
    return m_byHost.remove(host) > 0;
}

} // namespace layerpool
