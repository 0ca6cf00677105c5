// SPDX-License-Identifier: Apache-2.0
#include "notify/EndOfWork.h"

#include "Outcome.h"
#include "settings/Settings.h"

#include <QGuiApplication>

namespace layerpool {

EndOfWork::EndOfWork(TaskQueue &queue, const Settings &settings, DesktopNotifications &notifications,
                     double leastSeconds, QObject *parent)
    : QObject(parent), m_settings(settings), m_notifications(notifications), m_leastSeconds(leastSeconds)
{
    connect(&queue, &TaskQueue::queued, this,
            [this](TaskId id, const QString &title) { m_titles.insert(id, title); });
    connect(&queue, &TaskQueue::finished, this, &EndOfWork::onFinished);
}

void EndOfWork::onFinished(TaskId id, const TaskResult &result)
{
    const QString title = m_titles.take(id);
    // Not the application's state: on some platforms it stays active when its last window has gone.
    const bool isInFront = QGuiApplication::focusWindow() != nullptr;
    const bool wasCancelled = result.wasCancelled();
    if (!isInFront && !wasCancelled && result.seconds >= m_leastSeconds &&
        m_settings.value(settings::notifies)) {
        m_notifications.show(title, outcomeOf(result));
    }
}

} // namespace layerpool
