// SPDX-License-Identifier: Apache-2.0
#include "Gestures.h"
#include "WindowTest.h"
#include "models/TaskModel.h"
#include "support/StockRegistry.h"

#include <QLineEdit>
#include <QFileDialog>
#include <QPushButton>
#include <QSet>
#include <QTabBar>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

const QSet<QByteArray> kPanes{"layerpool::ListPane", "layerpool::PoolPane", "layerpool::DetailsPane",
                              "layerpool::TaskPanel", "QToolBar"};

class KeyboardTest : public WindowTest
{
protected:
    QWidget *find(const QString &name) const { return m_window.findChild<QWidget *>(name); }
    static QString focused()
    {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }
    /// The pane in which the focus is.
    QString pane() const
    {
        const QWidget *widget = QApplication::focusWidget();
        while (widget && !kPanes.contains(widget->metaObject()->className())) {
            widget = widget->parentWidget();
        }
        return widget ? QString::fromLatin1(widget->metaObject()->className()).section(u"::"_s, -1)
                      : focused();
    }
    void openSomething()
    {
        ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"redis:6"_s, u"nginx:1"_s}, "redis:6\nnginx:1\n"));
    }
};

TEST_F(KeyboardTest, F6GoesRoundThePanes)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    find(u"listTable"_s)->setFocus();
    QStringList forth;
    for (int i = 0; i < 6 && !forth.contains(u"ListPane"_s); ++i) {
        press(Qt::Key_F6);
        forth.append(pane());
    }
    forth.removeOne(u"DetailsPane"_s); // while nothing is chosen there is nothing to go to
    EXPECT_EQ(forth, QStringList({u"PoolPane"_s, u"TaskPanel"_s, u"QToolBar"_s, u"ListPane"_s}));
    press(Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(pane(), u"QToolBar"_s);
}

// Two that answer to the same keys are ambiguous to Qt: neither of them runs.
TEST_F(KeyboardTest, NoKeysMeanTwoThings)
{
    QHash<QKeySequence, QStringList> everywhere;
    for (const QAction *action : m_window.findChildren<QAction *>()) {
        for (const QKeySequence &keys : action->shortcuts()) {
            if (!keys.isEmpty() && action->shortcutContext() != Qt::WidgetShortcut) {
                everywhere[keys].append(action->text());
            }
        }
    }
    for (const QAction *action : m_window.findChildren<QAction *>()) {
        for (const QKeySequence &keys : action->shortcuts()) {
            const bool isOneOfThem = action->shortcutContext() != Qt::WidgetShortcut;
            EXPECT_LE(everywhere.value(keys).size(), isOneOfThem ? 1 : 0)
                << keys.toString().toStdString() << ": " << action->text().toStdString() << ", "
                << everywhere.value(keys).join(u", "_s).toStdString();
        }
    }
}

TEST_F(KeyboardTest, F6ComesBackToWhereOneWas)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    find(u"poolFilter"_s)->setFocus();
    press(Qt::Key_F6);
    EXPECT_NE(pane(), u"PoolPane"_s);
    press(Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(focused(), u"poolFilter"_s);
}

// Tab comes by everything that can be used, and comes back to where it began.
TEST_F(KeyboardTest, TabReachesAllAndIsTrappedNowhere)
{
    ASSERT_NO_FATAL_FAILURE(openSomething());
    QSet<QWidget *> wanted;
    for (QWidget *widget : m_window.findChildren<QWidget *>()) {
        const bool isUsed = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget) ||
                            qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QTabBar *>(widget);
        const bool isPart = widget->objectName().startsWith(u"qt_"_s) || widget->inherits("QHeaderView") ||
                            qobject_cast<QLineEdit *>(widget->parentWidget()) ||
                            qobject_cast<QTabBar *>(widget->parentWidget()) || // a tab's own: Ctrl+W
                            widget->inherits("QTableCornerButton");
        if (isUsed && !isPart && widget->isVisible() && widget->isEnabled()) {
            wanted.insert(widget);
        }
    }
    find(u"listTable"_s)->setFocus();
    const QWidget *first = QApplication::focusWidget();
    for (int i = 0; i < 60; ++i) {
        wanted.remove(QApplication::focusWidget());
        press(Qt::Key_Tab);
        if (QApplication::focusWidget() == first) {
            break;
        }
    }
    EXPECT_EQ(QApplication::focusWidget(), first) << "trapped at " << focused().toStdString();
    QStringList missed;
    for (const QWidget *widget : wanted) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!button || !button->autoExclusive() || button->isChecked()) { // arrows choose among those
            missed.append(widget->objectName());
        }
    }
    EXPECT_EQ(missed, QStringList());
}

/// The first journey without a mouse: the window's own file dialog, a pool, Convert, the plan, the task, its
/// result.
class KeyboardJourneyTest : public UiTest
{
protected:
    template <typename Widget = QWidget>
    static Widget *inFront(const QString &name)
    {
        const QWidget *window = QApplication::activeWindow();
        return window ? window->findChild<Widget *>(name) : nullptr;
    }
    static bool isInFront(const QString &window)
    {
        return QApplication::activeWindow() && QApplication::activeWindow()->objectName() == window;
    }
    /// Types a path into the file dialog that a key has opened.
    static void answerFileDialog(const QString &path)
    {
        ASSERT_TRUE(soon([] { return qobject_cast<QFileDialog *>(QApplication::activeWindow()); }));
        ASSERT_NO_FATAL_FAILURE(waitForFront(QApplication::activeWindow()));
        press(Qt::Key_A, Qt::ControlModifier);
        type(path);
        press(Qt::Key_Return);
        ASSERT_TRUE(soon([] { return !qobject_cast<QFileDialog *>(QApplication::activeWindow()); }));
    }
    void backToTheWindow() { ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window)); }

    Settings m_settings{path(u"settings.ini"_s)};
    PlatformDialogs m_dialogs;
    Workspace m_workspace;
    MainWindow m_window{m_workspace, m_dialogs, m_settings};
};

TEST_F(KeyboardJourneyTest, FromAListsPathToTheResult)
{
    SampleRegistry samples(path(u"source"_s));
    samples.add(u"calico/cni"_s, u"v1"_s);
    samples.add(u"demo/web"_s, u"v2"_s);
    const StockRegistry registry(samples.path(), {.isReadOnly = true});
    ASSERT_TRUE(registry.isUp());
    const QString list = writeList(u"release.txt"_s, "calico/cni:v1\ndemo/web:v2\nnone/such:v3\n");
    ASSERT_TRUE(QDir().mkpath(path(u"pool"_s)));
    m_window.show();
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());

    press(Qt::Key_O, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(answerFileDialog(list));
    ASSERT_TRUE(soon([this] { return m_workspace.list() != nullptr; }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
    press(Qt::Key_N, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(answerFileDialog(path(u"pool"_s)));
    ASSERT_TRUE(soon([this] { return m_workspace.pool() && m_workspace.list()->isCompared(); }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());

    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(soon([] { return isInFront(u"planDialog"_s); }));
    ASSERT_NO_FATAL_FAILURE(waitForFront(QApplication::activeWindow()));
    press(Qt::Key_A, Qt::ControlModifier);
    type(registry.host());
    const auto *start = inFront<QPushButton>(u"planStartButton"_s);
    ASSERT_TRUE(soon([&] { return start->isEnabled() && start->text().startsWith(u"Fetch 2"_s); }));
    ASSERT_NO_FATAL_FAILURE(tabTo(inFront(u"planProblems"_s))); // what will fail can be read by keys
    ASSERT_NO_FATAL_FAILURE(tabTo(start));
    press(Qt::Key_Space);
    ASSERT_TRUE(soon([] { return !isInFront(u"planDialog"_s); }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());

    auto *tasks = m_window.findChild<QTreeView *>(u"taskTree"_s);
    for (int i = 0; i < 5 && QApplication::focusWidget() != tasks; ++i) {
        press(Qt::Key_F6);
    }
    ASSERT_EQ(QApplication::focusWidget(), tasks);
    ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork() && !m_workspace.isReadingPool(); }));
    press(Qt::Key_Home);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([] { return isInFront(u"resultDialog"_s); }));
    EXPECT_TRUE(inFront<QLabel>(u"resultOutcome"_s)->text().contains(u"1 problem"_s));
    press(Qt::Key_Escape);
    EXPECT_TRUE(soon([this] { return m_workspace.list()->counts().here == 2; }));
}

} // namespace
} // namespace layerpool::test
