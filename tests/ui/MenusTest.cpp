// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"
#include "models/TaskModel.h"

#include <QClipboard>
#include <QTableView>
#include <QThread>

using namespace Qt::Literals::StringLiterals;

// The menus by the mouse: that they open, and that their entries do what they say.

namespace layerpool::test {
namespace {

/// Works until it is cancelled.
class EndlessTask final : public Task
{
public:
    QString title() const override { return u"Convert a.txt"_s; }
    TaskResult run(const TaskContext &context) override
    {
        while (!context.cancel.isCancelled()) {
            QThread::yieldCurrentThread();
        }
        TaskResult result;
        result.stopped = Error{ErrorKind::Cancelled, u"Cancelled"_s, {}, {}};
        return result;
    }
};

class QuickTask final : public Task
{
public:
    QString title() const override { return u"Verify"_s; }
    TaskResult run(const TaskContext &) override { return {}; }
};

class MenusTest : public WindowTest
{
protected:
    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window.findChild<Widget *>(name);
    }
    QAbstractItemModel &tasks() const { return *find<QTreeView>(u"taskTree"_s)->model(); }
    QString state(int row) const { return tasks().index(row, TaskModel::State).data().toString(); }
    void begin(int count)
    {
        m_workspace.queue().setLimit(count);
        for (int i = 0; i < count; ++i) {
            m_workspace.queue().enqueue(std::make_unique<EndlessTask>());
        }
        ASSERT_TRUE(soon([&] { return tasks().rowCount() == count && state(count - 1) == u"Running"_s; }));
    }
    void openSomething()
    {
        ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s, u"nginx:1"_s}, "redis:6\nnginx:1\n"));
        ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    }
    QStringList entriesAt(QAbstractItemView *view, const QModelIndex &row) const
    {
        QStringList texts;
        openContextMenu(view->viewport(), view->visualRect(row).center(), [&](const QMenu *menu) {
            for (const QAction *action : menu->actions()) {
                if (!action->isSeparator()) {
                    texts.append(action->text().remove(u'&'));
                }
            }
        });
        return texts;
    }
};

TEST_F(MenusTest, EachOpensByAClickAndSaysWhatItsEntriesDo)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    QStringList titles;
    for (const QAction *title : m_window.menuBar()->actions()) {
        ASSERT_NO_FATAL_FAILURE(openMenu(m_window, title->menu()));
        titles.append(title->text().remove(u'&'));
        int entries = 0;
        for (const QAction *action : title->menu()->actions()) {
            if (!action->isSeparator()) {
                ++entries;
                EXPECT_FALSE(action->text().isEmpty());
                EXPECT_TRUE(action->menu() || !action->statusTip().isEmpty() || !action->toolTip().isEmpty())
                    << action->text().toStdString();
            }
        }
        EXPECT_GT(entries, 0) << title->text().toStdString();
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        ASSERT_TRUE(soon([] { return !QApplication::activePopupWidget(); }));
    }
    EXPECT_EQ(titles,
              QStringList({u"File"_s, u"Edit"_s, u"View"_s, u"List"_s, u"Pool"_s, u"Tasks"_s, u"Help"_s}));
}

TEST_F(MenusTest, AListIsSavedUnderAnotherNameUndoneAndLeft)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    m_workspace.list()->setText(0, u"redis:7"_s);
    m_dialogs.newFile = path(u"b.txt"_s);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"saveListAs"_s));
    QFile file(path(u"b.txt"_s));
    ASSERT_TRUE(soon([&] { return file.exists() && !m_workspace.list()->isModified(); }));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "redis:7\nnginx:1\n");
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"undo"_s));
    EXPECT_EQ(m_workspace.list()->text().toBytes(), "redis:6\nnginx:1\n");
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"redo"_s));
    EXPECT_EQ(m_workspace.list()->text().toBytes(), "redis:7\nnginx:1\n");
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"newList"_s));
    ASSERT_EQ(m_workspace.lists().count(), 2);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"previousList"_s));
    EXPECT_EQ(m_workspace.list()->name(), u"b.txt"_s);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"nextList"_s));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"closeList"_s));
    EXPECT_EQ(m_workspace.lists().count(), 1);
}

TEST_F(MenusTest, AllTicksGo)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    auto *tree = find<QTreeView>(u"poolTree"_s);
    EXPECT_FALSE(m_window.findChild<QAction *>(u"untickAllAction"_s)->isEnabled());
    for (const bool isByMouse : {true, false}) {
        ASSERT_NO_FATAL_FAILURE(clickBox(tree, tree->model()->index(0, 0)));
        ASSERT_EQ(m_workspace.ticks().count(), 1);
        if (isByMouse) {
            ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"untickAll"_s));
        } else {
            ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window)); // as a window manager does after a menu
            press(Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        }
        EXPECT_EQ(m_workspace.ticks().count(), 0);
    }
}

TEST_F(MenusTest, DetailsHideAndShow)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    auto *details = m_window.findChild<QAction *>(u"detailsAction"_s);
    const bool wasShown = details->isChecked();
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"details"_s));
    EXPECT_NE(details->isChecked(), wasShown);
    EXPECT_NE(m_settings.value(settings::showsDetails), wasShown);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"details"_s));
    EXPECT_EQ(details->isChecked(), wasShown);
}

TEST_F(MenusTest, SeveralTasksAreNotCancelledUnasked)
{
    ASSERT_NO_FATAL_FAILURE(begin(2));
    m_dialogs.saysYes = false;
    press(Qt::Key_Period, Qt::ControlModifier);
    EXPECT_EQ(m_dialogs.questions,
              QStringList{u"2 task(s) are not finished. What they have fetched is kept."_s});
    EXPECT_EQ(m_dialogs.defaults, QList{Dialogs::Default::Cancel});
    EXPECT_EQ(m_workspace.queue().order().size(), 2U);
    EXPECT_EQ(state(0), u"Running"_s);
    m_dialogs.saysYes = true;
    m_dialogs.meanwhile = [this] { m_workspace.queue().enqueue(std::make_unique<EndlessTask>()); };
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"cancelTasks"_s));
    EXPECT_TRUE(soon([this] { return m_workspace.queue().order().size() == 1; }))
        << "the one that came while it was asked goes on";
    EXPECT_EQ(column(tasks(), TaskModel::State).count(u"Cancelled"_s), 2);
    EXPECT_EQ(m_dialogs.questions.size(), 2);
    m_workspace.queue().cancelAll();
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
}

TEST_F(MenusTest, OneTaskIsCancelledAtOnce)
{
    ASSERT_NO_FATAL_FAILURE(begin(1));
    press(Qt::Key_Period, Qt::ControlModifier);
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
    EXPECT_EQ(m_dialogs.questions, QStringList());
}

TEST_F(MenusTest, FinishedTasksAreShownAndCleared)
{
    m_workspace.queue().enqueue(std::make_unique<QuickTask>());
    ASSERT_TRUE(soon([this] { return tasks().rowCount() == 1 && state(0) == u"Done"_s; }));
    auto *tree = find<QTreeView>(u"taskTree"_s);
    ASSERT_NO_FATAL_FAILURE(click(tree->viewport(), tree->visualRect(tasks().index(0, 0)).center()));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"showTask"_s));
    ASSERT_TRUE(soon([] { return shown(u"resultDialog"_s) != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"clearFinished"_s));
    EXPECT_EQ(tasks().rowCount(), 0);
    shown(u"resultDialog"_s)->close();
}

TEST_F(MenusTest, TheListHasOneOfItsOwn)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    auto *table = find<QTableView>(u"listTable"_s);
    const QModelIndex row = table->model()->index(0, 1);
    ASSERT_NO_FATAL_FAILURE(click(table->viewport(), table->visualRect(row).center()));
    EXPECT_EQ(entriesAt(table, row).first(), u"Edit line"_s);
    openContextMenu(table->viewport(), table->visualRect(row).center(), [&](QMenu *menu) {
        clickEntry(menu, m_window.findChild<QAction *>(u"commentLinesAction"_s));
    });
    EXPECT_TRUE(soon([this] { return m_workspace.list()->text().toBytes().startsWith("# redis:6"); }));
}

TEST_F(MenusTest, TheTreeHasOneOfItsOwn)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    auto *tree = find<QTreeView>(u"poolTree"_s);
    const QModelIndex image = tree->model()->index(0, 0);
    ASSERT_NO_FATAL_FAILURE(click(tree->viewport(), tree->visualRect(image).center()));
    EXPECT_EQ(entriesAt(tree, image),
              QStringList({u"Copy reference"_s, u"Copy digest"_s, u"Copy docker pull line"_s,
                           u"Tick or untick"_s, u"Export ticks as a list…"_s, u"Columns"_s}));
    openContextMenu(tree->viewport(), tree->visualRect(image).center(),
                    [](QMenu *menu) { clickEntry(menu, menu->actions().first()); });
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(u"nginx"_s))
        << QApplication::clipboard()->text().toStdString();
}

TEST_F(MenusTest, ATaskHasOneOfItsOwn)
{
    ASSERT_NO_FATAL_FAILURE(begin(1));
    auto *tree = find<QTreeView>(u"taskTree"_s);
    const QModelIndex task = tasks().index(0, 0);
    ASSERT_NO_FATAL_FAILURE(click(tree->viewport(), tree->visualRect(task).center()));
    EXPECT_TRUE(entriesAt(tree, task).contains(u"Cancel or clear"_s));
    openContextMenu(tree->viewport(), tree->visualRect(task).center(), [&](QMenu *menu) {
        clickEntry(menu, m_window.findChild<QAction *>(u"cancelTaskAction"_s));
    });
    EXPECT_TRUE(soon([this] { return state(0) == u"Cancelled"_s; }));
}

TEST_F(MenusTest, AWaitingTaskIsMovedByThem)
{
    ASSERT_NO_FATAL_FAILURE(begin(1));
    for (int i = 0; i < 2; ++i) {
        m_workspace.queue().enqueue(std::make_unique<EndlessTask>());
    }
    ASSERT_TRUE(soon([this] { return tasks().rowCount() == 3 && state(2) == u"Waiting"_s; }));
    auto *tree = find<QTreeView>(u"taskTree"_s);
    const QPersistentModelIndex last(tasks().index(2, 0));
    ASSERT_NO_FATAL_FAILURE(click(tree->viewport(), tree->visualRect(last).center()));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"moveTaskUp"_s));
    EXPECT_EQ(last.row(), 1);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"moveTaskDown"_s));
    EXPECT_EQ(last.row(), 2);
    openContextMenu(tree->viewport(), tree->visualRect(last).center(), [&](QMenu *menu) {
        clickEntry(menu, m_window.findChild<QAction *>(u"moveTaskUpAction"_s));
    });
    EXPECT_EQ(last.row(), 1);
    m_workspace.queue().cancelAll();
    EXPECT_TRUE(soon([this] { return !m_workspace.queue().hasWork(); }));
}

// Pause and Cancel have to be in reach.
TEST_F(MenusTest, NothingThatIsOpenBesideWorkHidesItsButtons)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    ASSERT_NO_FATAL_FAILURE(begin(1));
    struct Opened
    {
        const char *action;
        QString dialog;
    };
    for (const Opened &each :
         {Opened{"signIn", u"signInDialog"_s}, Opened{"about", u"aboutBox"_s},
          Opened{"convert", u"planDialog"_s}, Opened{"settings", u"settingsDialog"_s},
          Opened{"serve", u"serveDialog"_s}, Opened{"gettingStarted", u"helpDialog"_s}}) {
        ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, QString::fromLatin1(each.action)));
        ASSERT_TRUE(soon([&] { return shown(each.dialog) != nullptr; })) << each.action;
        EXPECT_EQ(QApplication::activeModalWidget(), nullptr) << each.action;
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"signIn"_s));
    int signIns = 0;
    for (const QWidget *widget : QApplication::topLevelWidgets()) {
        signIns += widget->objectName() == u"signInDialog"_s && widget->isVisible() ? 1 : 0;
    }
    EXPECT_EQ(signIns, 1) << "one for each registry";
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    const QWidget *buttons =
        find<QTreeView>(u"taskTree"_s)->indexWidget(tasks().index(0, TaskModel::Buttons));
    ASSERT_NO_FATAL_FAILURE(click(buttons->findChild<QWidget *>(u"taskCancelButton"_s)));
    EXPECT_TRUE(soon([this] { return state(0) == u"Cancelled"_s; }));
    m_window.close();
}

} // namespace
} // namespace layerpool::test
