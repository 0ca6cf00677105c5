// SPDX-License-Identifier: Apache-2.0
#include "Mouse.h"

#include "FileDialog.h"
#include "ui/Gestures.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStyleOptionComboBox>
#include <QWheelEvent>

namespace layerpool::test {
namespace {

constexpr int kNotch = 120;
constexpr int kMostNotches = 500;

/// The menu in which the action stands, and that menu's own action in the bar.
std::pair<QMenu *, QAction *> placeOf(const QMenuBar &bar, const QAction *action)
{
    for (QAction *top : bar.actions()) {
        if (top->menu() && top->menu()->actions().contains(action)) {
            return {top->menu(), top};
        }
    }
    return {};
}

/// The middle of what is seen of it.
QPoint middleOf(const QTreeView &view, const QModelIndex &row)
{
    return view.visualRect(row).intersected(view.viewport()->rect()).center();
}

} // namespace

void Mouse::press(QAbstractButton *button)
{
    click(button);
}

void Mouse::run(QAction *action)
{
    QMenuBar *bar = qobject_cast<QMainWindow *>(QApplication::activeWindow())->menuBar();
    const auto [menu, top] = placeOf(*bar, action);
    ASSERT_TRUE(menu) << action->objectName().toStdString() << " stands in no menu";
    ASSERT_NO_FATAL_FAILURE(click(bar, bar->actionGeometry(top).center()));
    ASSERT_TRUE(QTest::qWaitForWindowExposed(menu));
    QTest::mouseClick(menu->windowHandle(), Qt::LeftButton, {}, menu->actionGeometry(action).center());
}

// What is there is marked as one does it by mouse: from its end to its beginning.
void Mouse::fill(QLineEdit *field, const QString &text)
{
    ASSERT_NO_FATAL_FAILURE(click(field));
    QWindow *window = field->window()->windowHandle();
    const QPoint end = field->mapTo(field->window(), QPoint(field->width() - 3, field->height() / 2));
    const QPoint begin = field->mapTo(field->window(), QPoint(2, field->height() / 2));
    QTest::mousePress(window, Qt::LeftButton, {}, end);
    QTest::mouseMove(window, begin);
    QTest::mouseRelease(window, Qt::LeftButton, {}, begin);
    type(text);
    EXPECT_EQ(field->text(), text);
}

// The list takes no click that comes at once after the one that opened it: it could be its second half.
void Mouse::choose(QComboBox *combo, int row)
{
    ASSERT_TRUE(combo && row < combo->count());
    QStyleOptionComboBox option;
    option.initFrom(combo);
    option.editable = combo->isEditable();
    const QRect arrow =
        combo->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, combo);
    ASSERT_NO_FATAL_FAILURE(click(combo, arrow.center()));
    const QAbstractItemView *list = combo->view();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(list->window()));
    QWindow *popup = list->window()->windowHandle();
    const QRect item = list->visualRect(combo->model()->index(row, combo->modelColumn()));
    const QPoint place = list->viewport()->mapTo(list->window(), item.center());
    ASSERT_TRUE(QTest::qWaitFor([&] {
        QTest::mouseMove(popup, place);
        QTest::mouseClick(popup, Qt::LeftButton, {}, place);
        return !list->isVisible();
    }));
    EXPECT_EQ(combo->currentIndex(), row);
    bringToFront(combo->window()); // as a window manager does
}

void Mouse::wheelTo(QTreeView *view, const QModelIndex &row)
{
    const QPointF middle = view->viewport()->rect().center();
    for (int i = 0; i < kMostNotches; ++i) {
        const QRect place = view->visualRect(row);
        if (place.isValid() && place.top() >= 0 && place.bottom() <= view->viewport()->height()) {
            return;
        }
        QWheelEvent wheel(middle, view->viewport()->mapToGlobal(middle), {},
                          {0, place.top() < 0 ? kNotch : -kNotch}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view->viewport(), &wheel);
    }
    FAIL() << "the wheel does not lead to " << row.data().toString().toStdString();
}

void Mouse::goTo(QTreeView *view, const QModelIndex &row)
{
    ASSERT_TRUE(row.isValid());
    ASSERT_NO_FATAL_FAILURE(wheelTo(view, row));
    ASSERT_NO_FATAL_FAILURE(click(view->viewport(), middleOf(*view, row)));
    EXPECT_EQ(view->currentIndex().siblingAtColumn(0), row.siblingAtColumn(0));
}

void Mouse::expand(QTreeView *view, const QModelIndex &row)
{
    ASSERT_TRUE(row.isValid());
    ASSERT_NO_FATAL_FAILURE(wheelTo(view, row));
    const QRect place = view->visualRect(row.siblingAtColumn(0));
    ASSERT_NO_FATAL_FAILURE(
        click(view->viewport(), {place.left() - view->indentation() / 2, place.center().y()}));
    EXPECT_TRUE(view->isExpanded(row.siblingAtColumn(0)));
}

void Mouse::open(QTreeView *view, const QModelIndex &row)
{
    ASSERT_NO_FATAL_FAILURE(goTo(view, row));
    const QPoint at = view->viewport()->mapTo(view->window(), middleOf(*view, row));
    QTest::mouseDClick(view->window()->windowHandle(), Qt::LeftButton, {}, at);
}

void Mouse::turnTo(QTabBar *tabs, int tab)
{
    ASSERT_NO_FATAL_FAILURE(click(tabs, tabs->tabRect(tab).center()));
    EXPECT_EQ(tabs->currentIndex(), tab);
}

void Mouse::followFirst(QWidget *picture, const QPoint &place)
{
    click(picture, place);
}

void Mouse::answerFileDialog(const QString &path)
{
    ASSERT_NO_FATAL_FAILURE(waitForFileDialog());
    const QWidget *dialog = QApplication::activeWindow();
    ASSERT_NO_FATAL_FAILURE(fill(dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit")), path));
    if (QApplication::activePopupWidget()) { // what completes the name takes one click to go away
        ASSERT_NO_FATAL_FAILURE(click(dialog->findChild<QWidget *>(QStringLiteral("fileNameLabel"))));
    }
    ASSERT_NO_FATAL_FAILURE(press(okOfFileDialog()));
    ASSERT_NO_FATAL_FAILURE(waitUntilFileDialogIsGone());
}

} // namespace layerpool::test
