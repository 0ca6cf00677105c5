// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaskQueue.h"
#include "work/SpeedMeter.h"

namespace layerpool {

/// A task as a row shows it: what it is, how far, how fast, and in words.
struct TaskRow
{
    enum class Phase { Waiting, Running, Pausing, Paused, Cancelling, Done, Stopped };

    TaskId id = 0;
    QString title;
    Phase phase = Phase::Waiting;
    QString doing;
    qint64 imagesDone = 0;
    qint64 imagesTotal = 0;
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0;
    SpeedMeter speed;
    std::optional<TaskResult> result;

    bool isOver() const { return phase >= Phase::Done; }
    bool runs() const { return phase == Phase::Running; }
    bool wasCancelled() const;
    /// A task that was cancelled was not wanted; one that broke off was.
    bool hasBroken() const;
    void follow(TaskQueue::State state);
    /// `milliseconds` of a clock that all samples share.
    void sample(const TaskProgress &progress, qint64 milliseconds);
    /// A new run: what it plans is only what is left, and what was done stays done.
    void restart();
    void end(const TaskResult &ended);

    QString state() const;
    QString icon() const;
    /// "1.2 of 1.9 GB"; of a task that is over, what it has done.
    QString amount() const;
    QString speedText() const;
    /// How long it took, or still will.
    QString time() const;
    /// 0 to 1; below 0 where it is not known; none where there is no bar.
    std::optional<double> fraction() const;

private:
    qint64 m_totalBefore = 0; ///< bytes, of the runs before; 0 where there was none
    qint64 m_doneBefore = 0;  ///< of those, what this run plans no more
    bool m_isPlanned = false; ///< this run's work is known
};

} // namespace layerpool
