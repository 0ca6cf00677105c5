// SPDX-License-Identifier: Apache-2.0
#include "task/TransferCrew.h"

#include <algorithm>

namespace layerpool {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 50ms; // for a cancel

} // namespace

TransferCrew::TransferCrew(RegistryAccess &access, const TaskContext &context)
    : m_access(access), m_cancel(context.cancel)
{
    m_pool.setMaxThreadCount(std::max(1, access.options().jobs));
    context.progress.watch(access.network());
}

TransferCrew::~TransferCrew()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
    }
    m_wake.notify_all();
    m_pool.waitForDone();
}

void TransferCrew::forEach(std::size_t count, const Job &job)
{
    std::unique_lock lock(m_mutex);
    m_job = &job;
    m_count = count;
    m_next = 0;
    for (; m_workers < std::min(count, static_cast<std::size_t>(m_pool.maxThreadCount())); ++m_workers) {
        m_pool.start([this] { work(); });
    }
    m_wake.notify_all();
    while (m_busy > 0 || hasWork()) {
        m_idle.wait_for(lock, kLook);
    }
    m_job = nullptr;
}

void TransferCrew::work()
{
    RegistryClient client(m_access, m_cancel); // made, used and destroyed in this thread
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_isClosing || hasWork(); });
        if (m_isClosing) {
            return;
        }
        const std::size_t i = m_next++;
        const Job &job = *m_job;
        ++m_busy;
        lock.unlock();
        job(i, client);
        lock.lock();
        --m_busy;
        m_idle.notify_all();
    }
}

} // namespace layerpool
