// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <memory>

namespace layerpool {

/// Runs `work` on the pool and hands what it returns to `then` in the context's thread; to nobody where the
/// context is gone by then. The one way in which the window has work done.
template <typename Work, typename Then>
void runInBackground(QThreadPool &workers, QObject *context, Work work, Then then)
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcher<Value>::finished, context,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         then(watcher->future().takeResult());
                     });
    watcher->setFuture(QtConcurrent::run(&workers, std::move(work)));
}

/// The same value. Whoever lets go of it last, a worker takes it apart: that may last longer than a frame.
template <typename Value>
std::shared_ptr<const Value> freedInBackground(std::shared_ptr<const Value> value)
{
    const Value *address = value.get();
    return std::shared_ptr<const Value>(address, [value = std::move(value)](const Value *) mutable {
        QThreadPool::globalInstance()->start([value = std::move(value)]() mutable { value.reset(); });
    });
}

} // namespace layerpool
