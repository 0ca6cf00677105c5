// SPDX-License-Identifier: Apache-2.0
#include "base/Cores.h"

#include <QThread>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>
#include <vector>

namespace layerpool {

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
