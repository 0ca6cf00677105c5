// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <atomic>
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

    /// What it is doing, in a few words ("Asking for manifests", "Fetching").
    void setPhase(const QString &phase)
    {
        const std::lock_guard lock(m_mutex);
        m_phase = phase;
    }
    QString phase() const
    {
        const std::lock_guard lock(m_mutex);
        return m_phase;
    }

private:
    mutable std::mutex m_mutex;
    QString m_phase;
};

} // namespace layerpool
