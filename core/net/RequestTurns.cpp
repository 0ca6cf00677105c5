// SPDX-License-Identifier: Apache-2.0
#include "net/RequestTurns.h"

#include "net/HostGates.h"

namespace layerpool {
namespace {

constexpr std::chrono::milliseconds kCancelLook{50};

} // namespace

void RequestTurns::setLimits(int most, QHash<QString, int> ofHosts)
{
    const std::lock_guard lock(m_mutex);
    m_most = most;
    m_ofHosts = std::move(ofHosts);
    admit();
}

Status RequestTurns::enter(const QString &host, const CancelToken &cancel)
{
    std::unique_lock lock(m_mutex);
    const auto self = m_waiting.insert(m_waiting.end(), {host});
    admit();
    while (!self->mayGo && !cancel.isCancelled()) {
        m_changed.wait_for(lock, kCancelLook);
    }
    const bool mayGo = self->mayGo;
    m_waiting.erase(self);
    return mayGo ? Status() : cancelledError();
}

void RequestTurns::leave(const QString &host)
{
    const std::lock_guard lock(m_mutex);
    if (--m_active[host] == 0) {
        m_active.remove(host);
    }
    --m_allActive;
    admit();
}

int RequestTurns::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_waiting.size());
}

// One whose host has enough to do holds up nobody behind it.
void RequestTurns::admit()
{
    for (Waiting &each : m_waiting) {
        if (m_allActive >= m_most) {
            break;
        }
        int &active = m_active[each.host];
        if (!each.mayGo && active < HostGates::limitFor(m_ofHosts, each.host)) {
            ++active;
            ++m_allActive;
            each.mayGo = true;
        }
    }
    m_changed.notify_all();
}

} // namespace layerpool
