// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QThreadPool>

#include <optional>

namespace layerpool {

/// The desktop's own notifications: org.freedesktop.Notifications on the session's bus. The bus is connected
/// to in a worker when there is something to say for the first time; nothing here waits for an answer.
class DesktopNotifications final : public QObject
{
    Q_OBJECT

public:
    /// The workers must outlive it. `bus`: another address than the session's.
    explicit DesktopNotifications(QThreadPool &workers, QString bus = {}, QObject *parent = nullptr);
    ~DesktopNotifications() override;

    /// Plain text. `unavailable` follows where there is no bus, or nobody on it who shows notifications.
    void show(const QString &title, const QString &text);

Q_SIGNALS:
    void unavailable();
    /// The user wants to see what a notification was about.
    void clicked();

private Q_SLOTS: // QtDBus knows no others
    void onActionInvoked(uint id, const QString &action);

private:
    void connectTo(const QDBusConnection &bus);
    void send(const QString &title, const QString &text);

    QThreadPool &m_workers;
    QString m_address;
    QString m_name; ///< of the connection, in this process
    std::optional<QDBusConnection> m_bus;
    QList<uint> m_shown;
};

} // namespace layerpool
