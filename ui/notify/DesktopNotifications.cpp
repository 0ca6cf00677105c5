// SPDX-License-Identifier: Apache-2.0
#include "notify/DesktopNotifications.h"

#include "work/Background.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUuid>

namespace layerpool {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kOpen = QStringLiteral("default"); // what a click on the notification itself is called
constexpr int kPatienceMilliseconds = 5'000;
constexpr int kAsTheDesktopLikes = -1; // how long it stays

QDBusConnection connection(const QString &address, const QString &name)
{
    return address.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, name)
                             : QDBusConnection::connectToBus(address, name);
}

} // namespace

DesktopNotifications::DesktopNotifications(QThreadPool &workers, QString bus, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
    , m_address(std::move(bus))
    , m_name(QStringLiteral("layerpool-") + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

DesktopNotifications::~DesktopNotifications()
{
    if (m_bus) {
        m_bus.reset();
        QDBusConnection::disconnectFromBus(m_name);
    }
}

void DesktopNotifications::show(const QString &title, const QString &text)
{
    if (m_bus && m_bus->isConnected()) {
        send(title, text);
        return;
    }
    runInBackground(
        m_workers, this,
        [address = m_address, name = m_name] { return std::optional(connection(address, name)); },
        [this, title, text](const std::optional<QDBusConnection> &bus) {
            connectTo(*bus);
            send(title, text);
        });
}

// From whatever sender: to name the service would ask the bus for its owner, and wait.
void DesktopNotifications::connectTo(const QDBusConnection &bus)
{
    m_bus = bus;
    m_bus->connect({}, kPath, kService, QStringLiteral("ActionInvoked"), this,
                   SLOT(onActionInvoked(uint, QString)));
}

void DesktopNotifications::send(const QString &title, const QString &text)
{
    if (!m_bus->isConnected()) {
        Q_EMIT unavailable(); // a call would have no answer, and no error
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    call.setArguments({QStringLiteral("Layerpool"), uint(0), QStringLiteral("layerpool"), title,
                       text.toHtmlEscaped(), // the body may hold markup
                       QStringList{kOpen, tr("Show", "the window")},
                       QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("layerpool")}},
                       kAsTheDesktopLikes});
    auto *answer = new QDBusPendingCallWatcher(m_bus->asyncCall(call, kPatienceMilliseconds), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<uint> id = *answer;
        if (id.isError()) {
            Q_EMIT unavailable();
        } else {
            m_shown.append(id.value());
        }
    });
}

void DesktopNotifications::onActionInvoked(uint id, const QString &action)
{
    if (action == kOpen && m_shown.removeOne(id)) {
        Q_EMIT clicked();
    }
}

} // namespace layerpool
