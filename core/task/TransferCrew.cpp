// SPDX-License-Identifier: Apache-2.0
#include "task/TransferCrew.h"

#include <QThread>
#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>

namespace layerpool {
namespace {

// Runs `worker` several times over, each in a thread of the pool, and waits for all.
void runWorkers(QThreadPool &pool, std::size_t workers, const std::function<void()> &worker)
{
    std::vector<QFuture<void>> running;
    running.reserve(workers);
    for (std::size_t i = 0; i < workers; ++i) {
        running.push_back(QtConcurrent::run(&pool, worker));
    }
    for (QFuture<void> &future : running) {
        future.waitForFinished();
    }
}

} // namespace

TransferCrew::TransferCrew(RegistryAccess &access, CancelToken cancel)
    : m_access(access), m_cancel(std::move(cancel))
{
    m_pool.setMaxThreadCount(std::max(1, access.options().jobs));
}

void TransferCrew::forEach(std::size_t count, const Job &job)
{
    std::atomic<std::size_t> next = 0;
    const std::size_t workers = std::min(count, static_cast<std::size_t>(m_pool.maxThreadCount()));
    runWorkers(m_pool, workers, [&] {
        RegistryClient client(m_access, m_cancel);
        for (std::size_t i = next++; i < count && !m_cancel.isCancelled(); i = next++) {
            job(i, client);
        }
    });
}

void forEachOnCores(std::size_t count, const CancelToken &cancel, const std::function<void(std::size_t)> &job)
{
    QThreadPool pool;
    std::atomic<std::size_t> next = 0;
    const std::size_t workers =
        std::min(count, static_cast<std::size_t>(std::max(1, QThread::idealThreadCount())));
    pool.setMaxThreadCount(static_cast<int>(std::max<std::size_t>(1, workers)));
    runWorkers(pool, workers, [&] {
        for (std::size_t i = next++; i < count && !cancel.isCancelled(); i = next++) {
            job(i);
        }
    });
}

} // namespace layerpool
