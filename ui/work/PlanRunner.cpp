// SPDX-License-Identifier: Apache-2.0
#include "work/PlanRunner.h"

#include "work/Background.h"

namespace layerpool {
namespace {

// Futures copy what they hold, and a task can't be copied.
using Planning = Result<std::shared_ptr<PreparedTask>>;

Planning makePlan(const PlanMaker &maker, const CancelToken &cancel, TaskProgress &progress)
{
    Result<PreparedTask> prepared = maker({.cancel = cancel, .progress = progress});
    if (!prepared) {
        return prepared.error();
    }
    return std::make_shared<PreparedTask>(*std::move(prepared));
}

} // namespace

PlanRunner::PlanRunner(QThreadPool &workers, QObject *parent) : QObject(parent), m_workers(workers) {}

PlanRunner::~PlanRunner()
{
    m_cancel.cancel();
}

void PlanRunner::cancel()
{
    m_cancel.cancel();
    m_progress.reset();
}

void PlanRunner::run(PlanMaker maker)
{
    cancel();
    m_cancel = CancelToken();
    m_progress = std::make_shared<TaskProgress>();
    runInBackground(
        m_workers, this,
        [maker = std::move(maker), cancel = m_cancel, progress = m_progress] {
            return makePlan(maker, cancel, *progress);
        },
        [this, cancel = m_cancel](const Planning &planning) {
            if (cancel.isCancelled()) {
                return; // a newer plan is being made, or none is wanted
            }
            m_progress.reset();
            if (planning) {
                Q_EMIT planned(*planning);
            } else {
                Q_EMIT failed(planning.error());
            }
        });
}

} // namespace layerpool
