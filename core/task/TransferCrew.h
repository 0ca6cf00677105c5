// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryClient.h"
#include "task/Task.h"

#include <QThreadPool>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace layerpool {

/// Workers that talk to registries: each in a thread of its own, with a client that lives as long as the
/// crew, so that its connections serve one round of work after the other.
class TransferCrew
{
public:
    /// `access` and the context's progress must outlive the crew. Hosts that ask for patience are told to the
    /// progress.
    TransferCrew(RegistryAccess &access, const TaskContext &context);
    ~TransferCrew();

    using Job = std::function<void(std::size_t, RegistryClient &)>;
    /// Calls `job` with 0 … count - 1, begun in that order, and blocks until all are done. After a cancel no
    /// further one is begun. Not from two threads at once, nor out of a job.
    void forEach(std::size_t count, const Job &job);

private:
    void work();
    bool hasWork() const { return m_job != nullptr && m_next < m_count && !m_cancel.isCancelled(); }

    RegistryAccess &m_access;
    CancelToken m_cancel;

    std::mutex m_mutex; ///< guards all below but the pool
    std::condition_variable m_wake;
    std::condition_variable m_idle;
    const Job *m_job = nullptr;
    std::size_t m_count = 0;
    std::size_t m_next = 0;
    std::size_t m_workers = 0; ///< that were started
    std::size_t m_busy = 0;    ///< of them in a job
    bool m_isClosing = false;

    QThreadPool m_pool;
};

} // namespace layerpool
