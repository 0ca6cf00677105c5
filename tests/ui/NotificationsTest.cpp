// SPDX-License-Identifier: Apache-2.0
#include "Shell.h"
#include "notify/DesktopNotifications.h"
#include "notify/EndOfWork.h"

#include "Gestures.h"
#include "UiTest.h"
#include "settings/Settings.h"
#include "support/Logins.h"
#include "support/Run.h"

#include <QDBusContext>
#include <QDBusMessage>
#include <QProcess>
#include <QThreadPool>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

/// A bus of the test's own, ended with it.
class PrivateBus
{
public:
    PrivateBus()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        while (m_daemon.waitForReadyRead(patienceMilliseconds) && !m_daemon.canReadLine()) {
        }
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    const QString &address() const { return m_address; }

private:
    QProcess m_daemon;
    QString m_address;
};

/// What a desktop has: it keeps what it is told, and can be clicked.
class FakeNotificationServer : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        QString application;
        QString summary;
        QString body;
        QStringList actions;
    };
    std::vector<Shown> shown;

    explicit FakeNotificationServer(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"fake-notifications"_s))
    {
        m_bus.registerObject(u"/org/freedesktop/Notifications"_s, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        EXPECT_TRUE(m_bus.registerService(u"org.freedesktop.Notifications"_s));
    }
    ~FakeNotificationServer() override { QDBusConnection::disconnectFromBus(u"fake-notifications"_s); }

    void click(uint id) { Q_EMIT ActionInvoked(id, u"default"_s); }

public Q_SLOTS:
    uint Notify(const QString &application, uint, const QString &, const QString &summary,
                const QString &body, const QStringList &actions, const QVariantMap &, int)
    {
        shown.push_back({application, summary, body, actions});
        return uint(shown.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);

private:
    QDBusConnection m_bus;
};

class NotificationsTest : public UiTest
{
protected:
    PrivateBus m_bus;
    QThreadPool m_workers;
};

TEST_F(NotificationsTest, AreShownByTheDesktopAndLeadBack)
{
    FakeNotificationServer server(m_bus.address());
    DesktopNotifications notifications(m_workers, m_bus.address());
    QSignalSpy clicked(&notifications, &DesktopNotifications::clicked);
    notifications.show(u"Convert a.txt"_s, u"Done in 12 s. <b>"_s);
    ASSERT_TRUE(soon([&] { return server.shown.size() == 1; }));
    EXPECT_EQ(server.shown[0].application, u"Layerpool"_s);
    EXPECT_EQ(server.shown[0].summary, u"Convert a.txt"_s);
    EXPECT_EQ(server.shown[0].body, u"Done in 12 s. &lt;b&gt;"_s) << "the body may hold markup";
    EXPECT_EQ(server.shown[0].actions.value(0), u"default"_s);
    notifications.show(u"Push a.txt"_s, u"Done in 20 s."_s);
    ASSERT_TRUE(soon([&] { return server.shown.size() == 2; }));
    server.click(99);
    EXPECT_TRUE(soon([&] {
        server.click(1);
        return clicked.size() == 1;
    })) << "another program's notification is not ours; its own is, once";
}

TEST_F(NotificationsTest, NobodyWhoShowsThemIsSaid)
{
    DesktopNotifications notifications(m_workers, m_bus.address());
    QSignalSpy unavailable(&notifications, &DesktopNotifications::unavailable);
    notifications.show(u"a"_s, u"b"_s);
    EXPECT_TRUE(soon([&] { return unavailable.size() == 1; }));
}

TEST_F(NotificationsTest, NoBusIsSaid)
{
    DesktopNotifications notifications(m_workers, u"unix:path="_s + path(u"none"_s));
    QSignalSpy unavailable(&notifications, &DesktopNotifications::unavailable);
    notifications.show(u"a"_s, u"b"_s);
    EXPECT_TRUE(soon([&] { return unavailable.size() == 1; }));
}

/// Ends at once, after so many seconds as it says.
class FakeTask final : public Task
{
public:
    explicit FakeTask(TaskResult result) : m_result(std::move(result)) {}
    QString title() const override { return u"Convert a.txt"_s; }
    TaskResult run(const TaskContext &) override { return m_result; }

private:
    TaskResult m_result;
};

class EndOfWorkTest : public NotificationsTest
{
protected:
    /// Without a window that is shown the program isn't in front.
    void run(double seconds, std::optional<Error> stopped = {})
    {
        TaskResult result;
        result.seconds = seconds;
        result.stopped = std::move(stopped);
        m_queue.enqueue(std::make_unique<FakeTask>(std::move(result)));
        EXPECT_TRUE(soon([this] { return !m_queue.hasWork(); }));
        QCoreApplication::processEvents();
    }

    FakeNotificationServer m_server{m_bus.address()};
    DesktopNotifications m_notifications{m_workers, m_bus.address()};
    Settings m_settings{path(u"settings.ini"_s)};
    TaskQueue m_queue;
    EndOfWork m_endOfWork{m_queue, m_settings, m_notifications};
};

TEST_F(EndOfWorkTest, LongWorkIsTold)
{
    run(9.9);
    run(30, Error{ErrorKind::Cancelled, u"Cancelled"_s, {}, {}});
    m_settings.setValue(settings::notifies, false);
    run(40);
    m_settings.setValue(settings::notifies, true);
    run(75);
    ASSERT_TRUE(soon([this] { return !m_server.shown.empty(); }));
    EXPECT_EQ(m_server.shown.size(), 1U);
    EXPECT_EQ(m_server.shown[0].summary, u"Convert a.txt"_s);
    EXPECT_EQ(m_server.shown[0].body, u"Done in 1 min 15 s."_s);
}

TEST_F(EndOfWorkTest, WhoLooksAtTheWindowIsNotTold)
{
    {
        QWidget window;
        window.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&window));
        run(60);
    }
    run(75);
    ASSERT_TRUE(soon([this] { return !m_server.shown.empty(); }));
    EXPECT_EQ(m_server.shown.size(), 1U);
    EXPECT_EQ(m_server.shown[0].body, u"Done in 1 min 15 s."_s);
}

/// The whole program's own, on the session's bus: a process looks up once which that is.
class ShellNotificationsTest : public UiTest
{
protected:
    static const QString &sessionBus()
    {
        static const PrivateBus bus;
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus.address().toUtf8());
        return bus.address();
    }
    void end(double seconds)
    {
        TaskResult result;
        result.seconds = seconds;
        m_workspace.queue().enqueue(std::make_unique<FakeTask>(std::move(result)));
        ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
    }
    /// As if another program were in front: that of a window which is gone again has nothing.
    static void lookElsewhere()
    {
        {
            QWidget other;
            other.show();
            ASSERT_NO_FATAL_FAILURE(bringToFront(&other));
        }
        ASSERT_FALSE(QGuiApplication::focusWindow());
    }

    FakeNotificationServer m_server{sessionBus()};
    LoginHome m_home;
    Settings m_settings{path(u"settings.ini"_s)};
    AnsweringDialogs m_dialogs;
    Workspace m_workspace;
    Shell m_shell{m_workspace, m_dialogs, m_settings};
};

TEST_F(ShellNotificationsTest, TheEndOfLongWorkIsToldAndAClickOnThatBringsTheWindowBack)
{
    MainWindow &window = m_shell.window();
    window.show();
    ASSERT_NO_FATAL_FAILURE(bringToFront(&window));
    ASSERT_NO_FATAL_FAILURE(end(60)); // it is seen
    window.showMinimized();
    ASSERT_NO_FATAL_FAILURE(lookElsewhere());
    ASSERT_NO_FATAL_FAILURE(end(75));
    ASSERT_TRUE(soon([this] { return !m_server.shown.empty(); }));
    EXPECT_EQ(m_server.shown.size(), 1U);
    EXPECT_EQ(m_server.shown[0].summary, u"Convert a.txt"_s);
    EXPECT_EQ(m_server.shown[0].body, u"Done in 1 min 15 s."_s);
    EXPECT_FALSE(QGuiApplication::focusWindow());

    EXPECT_TRUE(soon([&] {
        m_server.click(1);
        return QGuiApplication::focusWindow() == window.windowHandle();
    }));
    EXPECT_FALSE(window.isMinimized());
}

} // namespace
} // namespace layerpool::test

#include "NotificationsTest.moc"
