// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/Network.h"
#include "task/TaskWork.h"

#include <QString>

#include <atomic>
#include <memory>
#include <mutex>

namespace layerpool {

/// How far a task is: written by its workers, sampled by whoever shows it, ten times a second at the most.
/// Totals of 0 mean "not known yet".
class TaskProgress
{
public:
    std::atomic<qint64> imagesDone = 0;
    std::atomic<qint64> imagesTotal = 0;
    std::atomic<qint64> bytesDone = 0;
    std::atomic<qint64> bytesTotal = 0;
    /// Of the total, what an earlier run has brought of unfinished parts: counted as done once it was looked
    /// at.
    std::atomic<qint64> bytesKept = 0;

    /// What it is doing, in a few words ("Asking for manifests", "Fetching").
    void setPhase(const QString &phase);
    QString phase() const;

    /// What it works on, one by one. Called once, before anything of it is reported.
    void setWork(std::shared_ptr<TaskWork> work);
    /// Null where it is not known, or not yet.
    std::shared_ptr<TaskWork> work() const;

    /// The network that its transfers share.
    void watch(std::shared_ptr<const Network> network);
    /// A host that asked to be left alone, or that fails, while a transfer waits for it.
    std::optional<HostWait> waiting() const;

    /// The phase, and whom it waits for: "Fetching, waiting for quay.io (12 s)".
    QString doing() const;

private:
    std::shared_ptr<const Network> network() const;

    mutable std::mutex m_mutex; ///< guards the three below
    QString m_phase;
    std::shared_ptr<TaskWork> m_work;
    std::shared_ptr<const Network> m_network;
};

} // namespace layerpool
