// SPDX-License-Identifier: Apache-2.0
#include "Gestures.h"
#include "MainWindow.h"
#include "SlowRegistry.h"
#include "UiTest.h"
#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "support/Logins.h"

#include <QCoreApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QToolButton>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

// The end of a session with work in it, however it comes, and what the next one makes of it.

namespace layerpool::test {
namespace {

/// A session of the program, on settings that others share.
struct Session
{
    explicit Session(const QString &settingsFile) : settings(settingsFile)
    {
        window.show();
        EXPECT_NO_FATAL_FAILURE(bringToFront(&window));
    }

    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return window.findChild<Widget *>(name);
    }
    QAbstractItemModel &tasks() const { return *find<QTreeView>(u"taskTree"_s)->model(); }
    QString state(int row = 0) const { return tasks().index(row, TaskModel::State).data().toString(); }
    double fraction() const { return tasks().index(0, TaskModel::Progress).data(FractionRole).toDouble(); }
    QLabel *offer() const { return find<QLabel>(u"leftoverText"_s); }
    bool offersSoon() const
    {
        return soon([this] { return offer()->isVisible(); });
    }

    void convert(const QString &pool, const QString &list, const QString &host)
    {
        window.open(pool, {list});
        ASSERT_TRUE(soon([this] { return workspace.pool() && workspace.list(); }));
        click(find(u"convertButton"_s));
        ASSERT_TRUE(soon([this] { return find<QDialog>(u"planDialog"_s) != nullptr; }));
        const auto *dialog = find<QDialog>(u"planDialog"_s);
        dialog->findChild<QLineEdit *>(u"sourceEdit"_s)->setText(host);
        auto *start = dialog->findChild<QPushButton *>(u"planStartButton"_s);
        ASSERT_TRUE(soon([&] { return start->isEnabled(); }));
        QTest::mouseClick(start, Qt::LeftButton);
        ASSERT_TRUE(soon([this] { return fraction() > 0.01; }));
    }

    Settings settings;
    AnsweringDialogs dialogs;
    Workspace workspace;
    MainWindow window{workspace, dialogs, settings};
};

class LeavingTest : public UiTest
{
protected:
    void SetUp() override { m_slow.add(u"big"_s); }

    QString settingsFile() const { return path(u"settings.ini"_s); }
    QString pool() const { return makePool(u"pool"_s, {u"redis:6"_s}); }
    QString list() const { return writeList(u"a.txt"_s, "big:v1\n"); }

    QStringList left() const { return QDir(settingsFile() + u".tasks"_s).entryList(QDir::Files); }

    LoginHome m_home;
    SlowRegistry m_slow{path(u"source"_s)};
};

TEST_F(LeavingTest, AsksOncePausesAndTheNextSessionGoesOn)
{
    {
        Session first(settingsFile());
        ASSERT_NO_FATAL_FAILURE(first.convert(pool(), list(), m_slow.host()));
        first.dialogs.saysYes = false;
        first.window.close();
        EXPECT_EQ(first.dialogs.questions.size(), 1);
        EXPECT_TRUE(first.window.isVisible());
        EXPECT_EQ(first.state(), u"Fetching"_s) << "it was not meant";
        first.dialogs.saysYes = true;
        first.window.close();
        EXPECT_TRUE(first.window.isVisible()) << "nothing waits: it closes when all rests";
        EXPECT_TRUE(soon([&] { return !first.window.isVisible(); }));
        EXPECT_EQ(first.dialogs.questions.size(), 2);
        EXPECT_EQ(first.state(), u"Paused"_s);
    }
    EXPECT_EQ(m_slow.countRanges(), 0);
    m_slow.hurry();
    {
        Session second(settingsFile());
        ASSERT_TRUE(second.offersSoon());
        EXPECT_EQ(second.offer()->text(), u"1 task(s) were left unfinished: Convert a.txt."_s);
        click(second.find(u"goOnButton"_s));
        EXPECT_TRUE(soon([&] { return second.state() == u"Done"_s; })) << second.state().toStdString();
        EXPECT_FALSE(second.offer()->isVisible());
        EXPECT_TRUE(second.find(u"taskTree"_s)->isVisible());
        second.window.close();
        EXPECT_EQ(second.dialogs.questions, QStringList());
    }
    EXPECT_GT(m_slow.countRanges(), 0) << "it went on where it was";
    EXPECT_EQ(indexOf(path(u"pool"_s))->totals().images, 2);
    EXPECT_EQ(left(), QStringList());
}

TEST_F(LeavingTest, WhatIsForgottenIsOfferedNoMore)
{
    {
        Session first(settingsFile());
        ASSERT_NO_FATAL_FAILURE(first.convert(pool(), list(), m_slow.host()));
        first.window.close();
        EXPECT_TRUE(soon([&] { return !first.window.isVisible(); }));
    }
    {
        const Session unanswered(settingsFile());
        EXPECT_TRUE(unanswered.offersSoon());
    }
    {
        const Session second(settingsFile());
        ASSERT_TRUE(second.offersSoon());
        click(second.find(u"forgetButton"_s));
        EXPECT_FALSE(second.offer()->isVisible());
    }
    EXPECT_EQ(left(), QStringList());
}

TEST_F(LeavingTest, ACancelledTaskIsNotLeft)
{
    {
        Session first(settingsFile());
        ASSERT_NO_FATAL_FAILURE(first.convert(pool(), list(), m_slow.host()));
        first.workspace.queue().cancelAll();
        EXPECT_TRUE(soon([&] { return first.state() == u"Cancelled"_s; }));
        first.window.close();
        EXPECT_EQ(first.dialogs.questions, QStringList());
    }
    EXPECT_EQ(left(), QStringList());
}

/// Not a test: the session that the next one kills. It is run in a process of its own.
TEST(LeavingVictim, DISABLED_ConvertsUntilItIsKilled)
{
    Session session(qEnvironmentVariable("VICTIM_SETTINGS"));
    ASSERT_NO_FATAL_FAILURE(session.convert(qEnvironmentVariable("VICTIM_POOL"),
                                            qEnvironmentVariable("VICTIM_LIST"),
                                            qEnvironmentVariable("VICTIM_SOURCE")));
    ASSERT_TRUE(soon([&] {
        return !QDir(session.settings.tasksFolder()).entryList({u"*.json"_s}, QDir::Files).isEmpty();
    }));
    std::puts("at work");
    std::fflush(stdout);
    (void)QTest::qWaitFor([] { return false; }, 60'000);
}

TEST_F(LeavingTest, AfterAKillTheNextSessionGoesOn)
{
    QProcess victim;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"VICTIM_SETTINGS"_s, settingsFile());
    environment.insert(u"VICTIM_POOL"_s, pool());
    environment.insert(u"VICTIM_LIST"_s, list());
    environment.insert(u"VICTIM_SOURCE"_s, m_slow.host());
    victim.setProcessEnvironment(environment);
    victim.start(QCoreApplication::applicationFilePath(),
                 {u"--gtest_also_run_disabled_tests"_s, u"--gtest_filter=LeavingVictim.*"_s});
    QByteArray said;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            said += victim.readAllStandardOutput();
            return said.contains("at work") || victim.state() == QProcess::NotRunning;
        },
        30'000));
    ASSERT_TRUE(said.contains("at work")) << said.toStdString();
    ASSERT_EQ(::kill(pid_t(victim.processId()), SIGKILL), 0);
    ASSERT_TRUE(soon([&] { return victim.state() == QProcess::NotRunning; }));

    m_slow.hurry();
    Session next(settingsFile());
    ASSERT_TRUE(next.offersSoon());
    click(next.find(u"goOnButton"_s));
    EXPECT_TRUE(soon([&] { return next.state() == u"Done"_s; })) << next.state().toStdString();
    EXPECT_GT(m_slow.countRanges(), 0);
    EXPECT_EQ(indexOf(path(u"pool"_s))->totals().images, 2);
}

} // namespace
} // namespace layerpool::test
