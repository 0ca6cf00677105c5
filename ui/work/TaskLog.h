// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaskQueue.h"
#include "work/LogLine.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <vector>

namespace layerpool {

/// Tells what happens in tasks as lines of a log; those of a moment together.
class TaskLog final : public QObject
{
    Q_OBJECT

public:
    /// The queue must outlive it.
    explicit TaskLog(const TaskQueue &queue, QObject *parent = nullptr);
    ~TaskLog() override;

    /// Whether each request is told too, without what is secret of it. One log at a time can.
    void tellRequests(bool areTold);

Q_SIGNALS:
    void told(const std::vector<layerpool::LogLine> &lines);

private:
    void add(LogLine::Level level, TaskId id, const QString &text);
    void onReported(TaskId id, const TaskEvent &event);
    void onStateChanged(const TaskQueue &queue, TaskId id);
    void onFinished(TaskId id, const TaskResult &result);
    void tell();

    QHash<TaskId, QString> m_titles;
    std::vector<LogLine> m_lines; ///< that are not told yet
    QTimer m_timer;
    bool m_tellsRequests = false;
};

} // namespace layerpool
