// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"

#include "AccessibleNames.h"
#include "SlowRegistry.h"
#include "models/LogModel.h"
#include "models/TaskModel.h"
#include "views/tasks/TaskTree.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPaintEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

/// Counts how often a part of a widget is painted, from now on.
class Paintings final : public QObject
{
public:
    Paintings(QWidget &widget, const QRect &part) : m_part(part) { widget.installEventFilter(this); }
    int count() const { return m_count; }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint &&
            static_cast<QPaintEvent *>(event)->region().intersects(m_part)) {
            ++m_count;
        }
        return false;
    }

private:
    QRect m_part;
    int m_count = 0;
};

class TaskPanelTest : public WindowTest
{
protected:
    QTreeView *tree() const { return m_window.findChild<QTreeView *>(u"taskTree"_s); }
    QAbstractItemModel &tasks() const { return *tree()->model(); }
    QModelIndex task(int row = 0, int column = TaskModel::Title) const { return tasks().index(row, column); }
    QString state(int row = 0) const { return task(row, TaskModel::State).data().toString(); }
    QToolButton *button(const QString &name, int row = 0) const
    {
        const QWidget *buttons = tree()->indexWidget(task(row, TaskModel::Buttons));
        return buttons ? buttons->findChild<QToolButton *>(name) : nullptr;
    }
    void choose(const QModelIndex &row)
    {
        tree()->scrollTo(row);
        ASSERT_NO_FATAL_FAILURE(click(tree()->viewport(), tree()->visualRect(row).center()));
    }
    /// Converts the list, without waiting for its end.
    void convert(const QByteArray &list, const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s}, list));
        beginConvert(host);
    }
    void beginConvert(const QString &host)
    {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s));
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"sourceEdit"_s), host));
        ASSERT_TRUE(soon([] { return canStart(); }));
        ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    void selectWholePool(const QString &target)
    {
        ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s));
        auto *subjects = inPlan<QComboBox>(u"subjectCombo"_s);
        ASSERT_NO_FATAL_FAILURE(tabTo(subjects));
        press(Qt::Key_End);
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), target));
        ASSERT_TRUE(soon([] { return canStart(); }));
        ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planStartButton"_s)));
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    bool hasBytes() const
    {
        return soon([this] { return task(0, TaskModel::Progress).data(FractionRole).toDouble() > 0.01; });
    }

    SlowRegistry m_slow{path(u"source"_s)};
};

TEST_F(TaskPanelTest, APausedConvertGoesOnByRange)
{
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(click(button(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Paused"_s; })) << state().toStdString();
    EXPECT_EQ(button(u"taskPauseButton"_s)->text(), u"Resume"_s);
    EXPECT_TRUE(button(u"taskCancelButton"_s)->isVisible());
    EXPECT_GT(task(0, TaskModel::Progress).data(FractionRole).toDouble(), 0) << "the bar stays";
    EXPECT_EQ(m_slow.countRanges(), 0);

    m_slow.hurry();
    ASSERT_NO_FATAL_FAILURE(click(button(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Done"_s; })) << state().toStdString();
    EXPECT_GT(m_slow.countRanges(), 0);
    EXPECT_TRUE(task().data(DetailsRole).toString().contains(u"Before the pause"_s));
    EXPECT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
}

TEST_F(TaskPanelTest, ThePlanOfATaskThatGoesOnIsMadeWithTheSettingsOfThen)
{
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(click(button(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Paused"_s; }));
    m_settings.setValue(settings::caFile, path(u"no-such-file.pem"_s));
    ASSERT_NO_FATAL_FAILURE(click(button(u"taskPauseButton"_s)));
    ASSERT_TRUE(soon([this] { return state() == u"Stopped"_s; })) << state().toStdString();
    EXPECT_TRUE(task().data(DetailsRole).toString().contains(u"no-such-file.pem"_s));
}

TEST_F(TaskPanelTest, ImagesAndBlobsAreSeenBelowATaskAtWork)
{
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(choose(task()));
    press(Qt::Key_Right);
    EXPECT_TRUE(tree()->isExpanded(task()));
    press(Qt::Key_Down);
    press(Qt::Key_Right);
    const QModelIndex image = tasks().index(0, 0, task());
    EXPECT_TRUE(tree()->isExpanded(image));
    EXPECT_EQ(image.data().toString(), u"big:v1"_s);
    const QModelIndex bar = tasks().index(0, TaskModel::Progress, task());
    EXPECT_TRUE(soon([&] { return bar.data(Qt::AccessibleTextRole).toString().endsWith(u" %"_s); }))
        << "a bar says how far it is";
    EXPECT_TRUE(bar.data(FractionRole).isValid());
    EXPECT_GT(tasks().rowCount(image), 0);
    const Paintings paintings(*tree()->viewport(), tree()->visualRect(bar));
    EXPECT_TRUE(soon([&] { return paintings.count() > 1; })) << "what is seen goes on";
    ASSERT_NO_FATAL_FAILURE(click(button(u"taskCancelButton"_s)));
    EXPECT_TRUE(soon([this] { return state() == u"Cancelled"_s; }));
}

TEST_F(TaskPanelTest, WaitingTasksChangeTheirOrderByKeys)
{
    m_workspace.queue().setLimit(1);
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    for (const QString &target : {u"one"_s, u"two"_s}) {
        ASSERT_NO_FATAL_FAILURE(selectWholePool(path(target)));
    }
    ASSERT_EQ(tasks().rowCount(), 3);
    EXPECT_EQ(state(1), u"Waiting"_s);
    const QPersistentModelIndex last(task(2));
    ASSERT_NO_FATAL_FAILURE(choose(last));
    press(Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(last.row(), 1);
    press(Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(last.row(), 0);
    EXPECT_TRUE(tree()->selectionModel()->isRowSelected(0, {}));
    press(Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(last.row(), 1);
    ASSERT_TRUE(button(u"taskCancelButton"_s, 1));
    press(Qt::Key_Delete);
    EXPECT_TRUE(soon([&] { return last.data(Qt::DisplayRole).isValid() && tasks().rowCount() == 3; }));
    EXPECT_TRUE(soon([&] { return state(last.row()) == u"Cancelled"_s; }));
    EXPECT_EQ(last.row(), 2) << "what is over stands below";
    m_workspace.queue().cancelAll();
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
}

TEST_F(TaskPanelTest, SeveralTasksAreCancelledOnlyIfThatIsMeant)
{
    m_workspace.queue().setLimit(1);
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(selectWholePool(path(u"small"_s)));
    ASSERT_EQ(tasks().rowCount(), 2);
    ASSERT_NO_FATAL_FAILURE(choose(task(1)));
    press(Qt::Key_A, Qt::ControlModifier);
    m_dialogs.saysYes = false;
    press(Qt::Key_Delete);
    EXPECT_TRUE(m_dialogs.questions.value(0).startsWith(u"2 task(s) are not finished"_s))
        << testing::PrintToString(m_dialogs.questions);
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_EQ(state(1), u"Waiting"_s);
    m_dialogs.saysYes = true;
    press(Qt::Key_Delete);
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
    EXPECT_EQ(tasks().rowCount(), 2);
    press(Qt::Key_Delete);
    EXPECT_EQ(tasks().rowCount(), 0) << "what is over goes unasked";
    EXPECT_EQ(m_dialogs.questions.size(), 2);
}

TEST_F(TaskPanelTest, WhatCanBeDoneIsAskedAnewWhenATasksPhaseChangesAlone)
{
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(choose(task()));
    const QSignalSpy asked(qobject_cast<TaskTree *>(tree()), &TaskTree::chosenChanged);
    QSignalSpy sampled(&tasks(), &QAbstractItemModel::dataChanged);
    ASSERT_TRUE(soon([&] { return sampled.count() > 3; }));
    EXPECT_EQ(asked.count(), 0) << "its numbers alone have changed";
    press(Qt::Key_F7);
    ASSERT_TRUE(soon([this] { return state() == u"Paused"_s; }));
    EXPECT_GT(asked.count(), 0);
    m_workspace.queue().cancelAll();
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
}

TEST_F(TaskPanelTest, OneImageIsTriedAgainByItsRow)
{
    m_slow.hurry();
    m_slow.add(u"good"_s);
    ASSERT_NO_FATAL_FAILURE(convert("good:v1\nnone:v1\ngone:v1\n", m_slow.host()));
    ASSERT_TRUE(soon([this] { return state() == u"2 image(s) failed"_s; })) << state().toStdString();
    EXPECT_TRUE(tree()->isExpanded(task()));
    const QModelIndex second = tasks().index(1, 0, task());
    EXPECT_TRUE(second.data().toString().startsWith(u"gone:v1"_s));
    ASSERT_NO_FATAL_FAILURE(choose(second));
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(u"gone:v1"_s));
    press(Qt::Key_Right);
    EXPECT_GE(tasks().rowCount(second), 2);
    press(Qt::Key_R, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    bool isSaid = false;
    for (const QLabel *label : shown(u"planDialog"_s)->findChildren<QLabel *>()) {
        isSaid |= label->text() == u"1 image(s) that failed"_s;
    }
    EXPECT_TRUE(isSaid);
}

TEST_F(TaskPanelTest, TheMenuSaysWhatCanBeDoneWithTheChosenTask)
{
    const auto isPossible = [this](const QString &name) {
        return m_window.findChild<QAction *>(name + u"Action"_s)->isEnabled();
    };
    EXPECT_FALSE(isPossible(u"pauseTask"_s));
    m_slow.add(u"big"_s);
    ASSERT_NO_FATAL_FAILURE(convert("big:v1\n", m_slow.host()));
    ASSERT_TRUE(hasBytes());
    ASSERT_NO_FATAL_FAILURE(choose(task()));
    EXPECT_TRUE(isPossible(u"pauseTask"_s));
    EXPECT_FALSE(isPossible(u"resumeTask"_s));
    EXPECT_FALSE(isPossible(u"moveTaskUp"_s)) << "it is alone";
    press(Qt::Key_F7);
    ASSERT_TRUE(soon([this] { return state() == u"Paused"_s; }));
    EXPECT_FALSE(isPossible(u"pauseTask"_s));
    EXPECT_TRUE(isPossible(u"resumeTask"_s));
    m_slow.hurry();
    press(Qt::Key_F8);
    ASSERT_TRUE(soon([this] { return state() == u"Done"_s; }));
    EXPECT_TRUE(isPossible(u"showTask"_s));
    EXPECT_TRUE(isPossible(u"clearFinished"_s));
    press(Qt::Key_Delete);
    EXPECT_EQ(tasks().rowCount(), 0);
}

TEST_F(TaskPanelTest, TheLogIsFilteredFollowedAndSaved)
{
    m_slow.hurry();
    m_slow.add(u"good"_s);
    ASSERT_NO_FATAL_FAILURE(convert("good:v1\nnone:v1\n", m_slow.host()));
    ASSERT_TRUE(soon([this] { return state() == u"1 image(s) failed"_s; }));
    auto *tabs = m_window.findChild<QTabWidget *>(u"taskTabs"_s);
    ASSERT_NO_FATAL_FAILURE(click(tabs->tabBar(), tabs->tabBar()->tabRect(1).center()));
    auto *lines = m_window.findChild<QTreeView *>(u"logLines"_s);
    const auto said = [&] { return column(*lines->model(), LogModel::What); };
    ASSERT_TRUE(soon([&] { return said().filter(u"Done in"_s).size() == 1; }));
    EXPECT_TRUE(said().contains(u"good:v1 is done"_s)) << testing::PrintToString(said());
    EXPECT_EQ(namelessWidgets(m_window), QStringList());

    auto *level = m_window.findChild<QComboBox *>(u"logLevelCombo"_s);
    ASSERT_NO_FATAL_FAILURE(tabTo(level));
    press(Qt::Key_Down);
    EXPECT_EQ(said().size(), 2) << "the failure, and that the task has ended with it";
    EXPECT_TRUE(said().value(0).contains(u"none:v1"_s));
    press(Qt::Key_Home); // with requests, from now on
    m_window.findChild<QWidget *>(u"logFilter"_s)->setFocus();
    type(u"/v2/"_s);
    EXPECT_EQ(said(), QStringList());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convert"_s)); // it asks the registry again
    EXPECT_TRUE(soon([&] { return !said().isEmpty(); }));
    press(Qt::Key_Escape);
    EXPECT_TRUE(soon([] { return !shown(u"planDialog"_s); }));
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    EXPECT_TRUE(said().value(0).contains(m_slow.host())) << said().value(0).toStdString();

    m_dialogs.newFile = path(u"session.log"_s);
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"logSaveButton"_s)));
    QFile file(path(u"session.log"_s));
    EXPECT_TRUE(soon([&] { return file.exists(); }));
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"logSaveButton"_s)));
    const auto *message = m_window.findChild<QLabel *>(u"messageText"_s);
    EXPECT_TRUE(soon([&] { return message->isVisible() && message->text().contains(u"session.log"_s); }))
        << "nothing is overwritten";
}

TEST_F(TaskPanelTest, TheLineThatAFilterFoundStaysWhenTheFilterGoes)
{
    auto *tabs = m_window.findChild<QTabWidget *>(u"taskTabs"_s);
    m_workspace.lists().add(*ListText::parse("redis:6\n", {}));
    ASSERT_TRUE(soon([&] { return tabs->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(click(tabs->tabBar(), tabs->tabBar()->tabRect(1).center()));
    auto *lines = m_window.findChild<QTreeView *>(u"logLines"_s);
    std::vector<LogLine> told;
    for (int i = 0; i < 300; ++i) {
        told.push_back({QDateTime::currentDateTime(), LogLine::Level::Event, {}, u"line %1"_s.arg(100 + i)});
    }
    m_window.session()->logLines.add(told);
    auto *filter = m_window.findChild<QLineEdit *>(u"logFilter"_s);
    ASSERT_NO_FATAL_FAILURE(typeInto(filter, u"line 223"_s));
    ASSERT_EQ(lines->model()->rowCount(), 1);
    ASSERT_NO_FATAL_FAILURE(
        click(lines->viewport(), lines->visualRect(lines->model()->index(0, 0)).center()));
    filter->clear();
    EXPECT_EQ(lines->currentIndex().siblingAtColumn(LogModel::What).data().toString(), u"line 223"_s);
    EXPECT_TRUE(lines->viewport()->rect().contains(lines->visualRect(lines->currentIndex()).center()));
}

TEST_F(TaskPanelTest, TheLogFollowsUntilSomebodyScrollsBack)
{
    auto *tabs = m_window.findChild<QTabWidget *>(u"taskTabs"_s);
    m_workspace.lists().add(*ListText::parse("redis:6\n", {}));
    ASSERT_TRUE(soon([&] { return tabs->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(click(tabs->tabBar(), tabs->tabBar()->tabRect(1).center()));
    auto *lines = m_window.findChild<QTreeView *>(u"logLines"_s);
    const auto *follow = m_window.findChild<QCheckBox *>(u"logFollowCheck"_s);
    const auto add = [this](int count) {
        m_window.session()->logLines.add(std::vector<LogLine>(
            std::size_t(count), {QDateTime::currentDateTime(), LogLine::Level::Event, {}, u"x"_s}));
    };
    const auto isInSight = [&](int row) {
        const QRect place = lines->visualRect(lines->model()->index(row, 0));
        return place.isValid() && lines->viewport()->rect().contains(place.center());
    };
    const auto isLastInSight = [&] { return isInSight(lines->model()->rowCount() - 1); };
    add(200);
    EXPECT_TRUE(soon(isLastInSight));
    add(50);
    EXPECT_TRUE(soon(isLastInSight));
    EXPECT_TRUE(follow->isChecked());

    const QPoint middle = lines->viewport()->rect().center();
    QWheelEvent wheel(middle, lines->viewport()->mapToGlobal(middle), {}, {0, 240}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(lines->viewport(), &wheel);
    EXPECT_FALSE(follow->isChecked()) << "who scrolls back wants to read";
    const int stays = lines->verticalScrollBar()->value();
    add(50);
    QCoreApplication::processEvents();
    EXPECT_EQ(lines->verticalScrollBar()->value(), stays);
    EXPECT_FALSE(isLastInSight());

    lines->setFocus();
    press(Qt::Key_End);
    EXPECT_TRUE(soon([&] { return follow->isChecked(); })) << "at the end it goes on";
    press(Qt::Key_Home);
    EXPECT_TRUE(soon([&] { return !follow->isChecked(); })) << "keys scroll, too";
    add(50);
    QCoreApplication::processEvents();
    EXPECT_TRUE(isInSight(0));
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"logFollowCheck"_s)));
    EXPECT_TRUE(soon(isLastInSight));
}

} // namespace
} // namespace layerpool::test
