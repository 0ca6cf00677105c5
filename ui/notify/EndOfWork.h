// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "notify/DesktopNotifications.h"
#include "task/TaskQueue.h"

#include <QHash>

namespace layerpool {

class Settings;

/// Tells at the end of long work how it went, where the user looks at another program.
class EndOfWork final : public QObject
{
    Q_OBJECT

public:
    /// Work that took less is not worth a word.
    static constexpr double longSeconds = 10;

    /// All must outlive it.
    EndOfWork(TaskQueue &queue, const Settings &settings, DesktopNotifications &notifications,
              double leastSeconds = longSeconds, QObject *parent = nullptr);

private:
    void onFinished(TaskId id, const TaskResult &result);

    const Settings &m_settings;
    DesktopNotifications &m_notifications;
    double m_leastSeconds;
    QHash<TaskId, QString> m_titles;
};

} // namespace layerpool
