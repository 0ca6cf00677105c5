// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/PreparedTask.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace layerpool {

/// Makes one plan at a time in a worker. A newer plan cancels the one before, and so does destroying the
/// runner; neither waits for it.
class PlanRunner final : public QObject
{
    Q_OBJECT

public:
    /// The pool must outlive the runner's last worker.
    explicit PlanRunner(QThreadPool &workers, QObject *parent = nullptr);
    ~PlanRunner() override;

    void run(PlanMaker maker);
    void cancel();

    bool isRunning() const { return m_progress != nullptr; }
    /// Null while nothing runs.
    const TaskProgress *progress() const { return m_progress.get(); }

Q_SIGNALS:
    void planned(std::shared_ptr<layerpool::PreparedTask> prepared);
    void failed(const layerpool::Error &error);

private:
    QThreadPool &m_workers;
    CancelToken m_cancel;
    std::shared_ptr<TaskProgress> m_progress;
};

} // namespace layerpool
