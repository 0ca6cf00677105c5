// SPDX-License-Identifier: Apache-2.0
#include "task/TransferCrew.h"

#include <QThread>
#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>

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

void forEachOnCores(std::size_t count, const CancelToken &cancel, const std::function<void(std::size_t)> &job)
{
    QThreadPool pool;
    std::atomic<std::size_t> next = 0;
    const std::size_t workers =
        std::min(count, static_cast<std::size_t>(std::max(1, QThread::idealThreadCount())));
    pool.setMaxThreadCount(static_cast<int>(std::max<std::size_t>(1, workers)));
    std::vector<QFuture<void>> running;
    for (std::size_t worker = 0; worker < workers; ++worker) {
        running.push_back(QtConcurrent::run(&pool, [&] {
            for (std::size_t i = next++; i < count && !cancel.isCancelled(); i = next++) {
                job(i);
            }
        }));
    }
    for (QFuture<void> &future : running) {
        future.waitForFinished();
    }
}

} // namespace layerpool
