// SPDX-License-Identifier: Apache-2.0
#include "task/TaskProgress.h"

#include "base/Text.h"

namespace layerpool {

void TaskProgress::setPhase(const QString &phase)
{
    const std::lock_guard lock(m_mutex);
    m_phase = phase;
}

QString TaskProgress::phase() const
{
    const std::lock_guard lock(m_mutex);
    return m_phase;
}

void TaskProgress::setWork(std::shared_ptr<TaskWork> work)
{
    const std::lock_guard lock(m_mutex);
    m_work = std::move(work);
}

std::shared_ptr<TaskWork> TaskProgress::work() const
{
    const std::lock_guard lock(m_mutex);
    return m_work;
}

void TaskProgress::watch(std::shared_ptr<const Network> network)
{
    const std::lock_guard lock(m_mutex);
    m_network = std::move(network);
}

std::shared_ptr<const Network> TaskProgress::network() const
{
    const std::lock_guard lock(m_mutex);
    return m_network;
}

std::optional<HostWait> TaskProgress::waiting() const
{
    const std::shared_ptr<const Network> network = this->network();
    return network ? network->gates().waiting() : std::nullopt;
}

QString TaskProgress::doing() const
{
    const std::optional<HostWait> wait = waiting();
    if (!wait) {
        const std::shared_ptr<const Network> network = this->network();
        return network && network->gates().waitsForOthers()
                   ? Text::tr("%1, waiting for other tasks", "a phase").arg(phase())
                   : phase();
    }
    if (!wait->isAsked) { // the column is narrow: what matters comes first
        return Text::tr("Trying again in %n s: %1 fails", "seconds, a host", wait->seconds).arg(wait->host);
    }
    return Text::tr("%1, waiting for %2 (%n s)", "a phase, a host, seconds", wait->seconds)
        .arg(phase(), wait->host);
}

} // namespace layerpool
