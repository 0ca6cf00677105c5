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
#include <QFileInfo>
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

    /// Puts a convert of the list into the queue.
    void begin(const QString &pool, const QString &list, const QString &host)
    {
        window.open(pool, {list});
        const QString name = QFileInfo(list).fileName();
        ASSERT_TRUE(
            soon([&] { return workspace.pool() && workspace.list() && workspace.list()->name() == name; }));
        ASSERT_TRUE(soon([this] { return find<QDialog>(u"planDialog"_s) == nullptr; }));
        click(find(u"convertButton"_s));
        ASSERT_TRUE(soon([this] { return find<QDialog>(u"planDialog"_s) != nullptr; }));
        const auto *dialog = find<QDialog>(u"planDialog"_s);
        dialog->findChild<QLineEdit *>(u"sourceEdit"_s)->setText(host);
        auto *start = dialog->findChild<QPushButton *>(u"planStartButton"_s);
        ASSERT_TRUE(soon([&] { return start->isEnabled(); }));
        QTest::mouseClick(start, Qt::LeftButton);
        ASSERT_NO_FATAL_FAILURE(bringToFront(&window));
    }
    void convert(const QString &pool, const QString &list, const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(begin(pool, list, host));
        ASSERT_TRUE(soon([this] { return fraction() > 0.01; }));
    }
    QStringList lists() const
    {
        QStringList names;
        for (const QString &title : column(tasks(), TaskModel::Title)) {
            names << title.section(u' ', 1, 1);
        }
        return names;
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
        EXPECT_EQ(second.offer()->text(),
                  u"1 task(s) were left unfinished: Convert a.txt into %1."_s.arg(path(u"pool"_s)));
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

TEST_F(LeavingTest, WhatWasGivenUpOnceIsAskedForAgainWhenItIsChanged)
{
    Session session(settingsFile());
    ListDocument *list = session.workspace.lists().add(*ListText::parse("redis:6\n", {}));
    session.dialogs.fate = Dialogs::Unsaved::Discard;
    session.window.close();
    ASSERT_TRUE(soon([&] { return !session.window.isVisible(); }));
    session.window.show(); // as after a question that came between
    list->setText(0, u"redis:7"_s);
    session.dialogs.fate = Dialogs::Unsaved::Keep;
    session.window.close();
    EXPECT_EQ(session.dialogs.questions.size(), 2);
    EXPECT_TRUE(session.window.isVisible());
}

TEST_F(LeavingTest, AFileDialogThatIsLeftKeepsTheWindow)
{
    Session session(settingsFile());
    session.workspace.lists().add(*ListText::parse("redis:6\n", {}));
    session.dialogs.fate = Dialogs::Unsaved::Save;
    std::optional<Dialogs::Unsaved> told;
    session.window.commands().lists().settle({}, [&](Dialogs::Unsaved fate) { told = fate; });
    EXPECT_EQ(told, Dialogs::Unsaved::Keep);
}

TEST_F(LeavingTest, WhatATaskHasDoneShowsWhileItGoesOn)
{
    m_slow.addQuick(u"small"_s);
    Session session(settingsFile());
    ASSERT_NO_FATAL_FAILURE(
        session.begin(pool(), writeList(u"a.txt"_s, "small:v1\nbig:v1\n"), m_slow.host()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.workspace.list()->counts().here == 1; }, 15'000));
    EXPECT_EQ(session.state(), u"Fetching"_s);
    EXPECT_TRUE(session.workspace.pool()->find(*ImageReference::parse(u"small:v1"_s)));
    session.workspace.queue().cancelAll();
    EXPECT_TRUE(soon([&] { return !session.workspace.queue().hasWork(); }));
}

TEST_F(LeavingTest, TasksAndUnsavedListsAreOneQuestion)
{
    Session session(settingsFile());
    ASSERT_NO_FATAL_FAILURE(session.convert(pool(), list(), m_slow.host()));
    session.workspace.list()->setText(0, u"big:v2"_s);
    session.window.close();
    ASSERT_EQ(session.dialogs.questions.size(), 1);
    EXPECT_TRUE(session.dialogs.questions.first().contains(u"1 task(s) are not finished"_s));
    EXPECT_TRUE(session.dialogs.questions.first().contains(u"1 list(s) have changes"_s));
    EXPECT_EQ(session.dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_TRUE(session.window.isVisible());
    EXPECT_EQ(session.state(), u"Fetching"_s) << "it was not meant";

    session.dialogs.fate = Dialogs::Unsaved::Save;
    session.window.close();
    EXPECT_TRUE(soon([&] { return !session.window.isVisible(); }));
    EXPECT_EQ(session.dialogs.questions.size(), 2) << "once more, and not twice";
    EXPECT_EQ(session.state(), u"Paused"_s);
    QFile saved(path(u"a.txt"_s));
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    EXPECT_EQ(saved.readAll(), "big:v2\n");
}

TEST_F(LeavingTest, WhatIsGivenUpOfAListIsNotAskedForAgain)
{
    Session session(settingsFile());
    ASSERT_NO_FATAL_FAILURE(session.convert(pool(), list(), m_slow.host()));
    session.workspace.list()->setText(0, u"big:v2"_s);
    session.dialogs.fate = Dialogs::Unsaved::Discard;
    session.window.close();
    EXPECT_TRUE(soon([&] { return !session.window.isVisible(); }));
    EXPECT_EQ(session.dialogs.questions.size(), 1);
    EXPECT_EQ(session.state(), u"Paused"_s);
}

TEST_F(LeavingTest, WhatWasChangedWhileItAskedIsNotGivenUp)
{
    Session session(settingsFile());
    ListDocument *named = session.workspace.lists().add(*ListText::parse("redis:6\n", {}));
    session.workspace.lists().open({list()});
    ASSERT_TRUE(soon([&] { return session.workspace.lists().paths().size() == 1; }));
    ListDocument *other = session.workspace.list();
    ASSERT_NE(named, other);
    session.dialogs.fate = Dialogs::Unsaved::Discard;
    session.dialogs.meanwhile = [&] {
        other->setText(0, u"big:v2"_s);
        session.dialogs.meanwhile = [&] { session.dialogs.fate = Dialogs::Unsaved::Keep; };
    };
    session.window.close();
    ASSERT_TRUE(soon([&] { return session.dialogs.questions.size() == 2; })) << "asked anew";
    EXPECT_TRUE(session.dialogs.questions.first().contains(named->name()));
    EXPECT_FALSE(session.dialogs.questions.first().contains(u"a.txt"_s));
    EXPECT_TRUE(session.dialogs.questions.last().contains(u"a.txt"_s));
    EXPECT_TRUE(session.window.isVisible());
    EXPECT_TRUE(other->isModified());
}

// One works, two wait, and their order was changed.
TEST_F(LeavingTest, SeveralTasksGoOnInTheirOrder)
{
    for (const QString &repository : {u"second"_s, u"third"_s}) {
        m_slow.add(repository);
    }
    {
        Session first(settingsFile());
        first.settings.setValue(settings::tasksAtOnce, 1);
    }
    {
        Session first(settingsFile());
        ASSERT_EQ(first.workspace.queue().limit(), 1) << "the setting reaches the queue";
        ASSERT_NO_FATAL_FAILURE(first.convert(pool(), list(), m_slow.host()));
        for (const QString &name : {u"second"_s, u"third"_s}) {
            ASSERT_NO_FATAL_FAILURE(
                first.begin({}, writeList(name + u".txt"_s, name.toLatin1() + ":v1\n"), m_slow.host()));
        }
        ASSERT_EQ(first.state(2), u"Waiting"_s);
        auto *tree = first.find<QTreeView>(u"taskTree"_s);
        ASSERT_NO_FATAL_FAILURE(
            click(tree->viewport(), tree->visualRect(first.tasks().index(2, 0)).center()));
        press(Qt::Key_Up, Qt::AltModifier);
        EXPECT_EQ(first.lists(), QStringList({u"a.txt"_s, u"third.txt"_s, u"second.txt"_s}));
        first.window.close();
        EXPECT_TRUE(soon([&] { return !first.window.isVisible(); }));
        for (int row = 0; row < 3; ++row) {
            EXPECT_EQ(first.state(row), u"Paused"_s);
        }
    }
    m_slow.hurry();
    Session second(settingsFile());
    ASSERT_TRUE(second.offersSoon());
    EXPECT_TRUE(second.offer()->text().startsWith(u"3 task(s) were left unfinished: Convert a.txt "_s));
    QStringList began;
    QObject::connect(&second.workspace.queue(), &TaskQueue::started, &second.window,
                     [&] { began << second.lists().value(0); }); // what is not over stands on top
    click(second.find(u"goOnButton"_s));
    EXPECT_EQ(second.lists(), QStringList({u"a.txt"_s, u"third.txt"_s, u"second.txt"_s}));
    EXPECT_TRUE(soon([&] { return !second.workspace.queue().hasWork(); }));
    EXPECT_EQ(began, QStringList({u"a.txt"_s, u"third.txt"_s, u"second.txt"_s}));
    for (int row = 0; row < 3; ++row) {
        EXPECT_EQ(second.state(row), u"Done"_s);
    }
    EXPECT_GT(m_slow.countRanges(), 0) << "the first went on where it was";
    EXPECT_EQ(indexOf(path(u"pool"_s))->totals().images, 4);
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
