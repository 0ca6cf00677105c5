// SPDX-License-Identifier: Apache-2.0
#include "Keyboard.h"

#include "FileDialog.h"
#include "ui/Gestures.h"

namespace layerpool::test {
namespace {

constexpr int kMostKeys = 500;
constexpr int kMostTabs = 40;

QString focusName()
{
    const QWidget *focus = QApplication::focusWidget();
    return focus ? focus->objectName() : QStringLiteral("nothing");
}

} // namespace

// Of buttons of which one at a time is down, Tab comes by one; arrows lead to the others.
void Keyboard::press(QAbstractButton *button)
{
    ASSERT_TRUE(button && button->isVisible());
    if (!button->autoExclusive()) {
        ASSERT_NO_FATAL_FAILURE(tabTo(button));
        test::press(Qt::Key_Space);
        return;
    }
    const QList<QAbstractButton *> group = button->parentWidget()->findChildren<QAbstractButton *>();
    const auto focused = [&group] { return group.indexOf(QApplication::focusWidget()); };
    for (int i = 0; i < kMostTabs && focused() < 0; ++i) {
        test::press(Qt::Key_Tab);
    }
    for (qsizetype i = 0; i < group.size() && !button->hasFocus(); ++i) {
        test::press(focused() < group.indexOf(button) ? Qt::Key_Right : Qt::Key_Left);
    }
    if (!button->isChecked()) {
        test::press(Qt::Key_Space);
    }
    EXPECT_TRUE(button->isChecked()) << button->objectName().toStdString() << "; the focus is in "
                                     << focusName().toStdString();
}

void Keyboard::run(QAction *action)
{
    ASSERT_FALSE(action->shortcut().isEmpty()) << action->objectName().toStdString();
    const QKeyCombination keys = action->shortcut()[0];
    test::press(keys.key(), keys.keyboardModifiers());
}

void Keyboard::fill(QLineEdit *field, const QString &text)
{
    ASSERT_NO_FATAL_FAILURE(tabTo(field));
    test::press(Qt::Key_A, Qt::ControlModifier);
    type(text);
    EXPECT_EQ(field->text(), text);
}

void Keyboard::choose(QComboBox *combo, int row)
{
    ASSERT_TRUE(combo && row < combo->count());
    ASSERT_NO_FATAL_FAILURE(tabTo(combo));
    for (int i = 0; i < combo->count() && combo->currentIndex() != row; ++i) {
        test::press(row > combo->currentIndex() ? Qt::Key_Down : Qt::Key_Up);
    }
    EXPECT_EQ(combo->currentIndex(), row);
}

void Keyboard::goTo(QTreeView *view, const QModelIndex &row)
{
    ASSERT_TRUE(row.isValid());
    ASSERT_NO_FATAL_FAILURE(tabTo(view));
    test::press(Qt::Key_Home);
    for (int i = 0; i < kMostKeys && view->currentIndex().siblingAtColumn(0) != row.siblingAtColumn(0); ++i) {
        test::press(Qt::Key_Down);
    }
    EXPECT_EQ(view->currentIndex().siblingAtColumn(0), row.siblingAtColumn(0))
        << row.data().toString().toStdString();
}

void Keyboard::expand(QTreeView *view, const QModelIndex &row)
{
    ASSERT_NO_FATAL_FAILURE(goTo(view, row));
    test::press(Qt::Key_Right);
    EXPECT_TRUE(view->isExpanded(row.siblingAtColumn(0)));
}

void Keyboard::open(QTreeView *view, const QModelIndex &row)
{
    ASSERT_NO_FATAL_FAILURE(goTo(view, row));
    test::press(Qt::Key_Return);
}

void Keyboard::turnTo(QTabBar *tabs, int tab)
{
    ASSERT_NO_FATAL_FAILURE(tabTo(tabs));
    for (int i = 0; i < tabs->count() && tabs->currentIndex() != tab; ++i) {
        test::press(tab > tabs->currentIndex() ? Qt::Key_Right : Qt::Key_Left);
    }
    EXPECT_EQ(tabs->currentIndex(), tab);
}

void Keyboard::followFirst(QWidget *picture, const QPoint &)
{
    ASSERT_NO_FATAL_FAILURE(tabTo(picture));
    test::press(Qt::Key_Home);
    EXPECT_FALSE(picture->accessibleDescription().isEmpty()) << "what is chosen is said";
    test::press(Qt::Key_Return);
}

void Keyboard::answerFileDialog(const QString &path)
{
    ASSERT_NO_FATAL_FAILURE(waitForFileDialog());
    test::press(Qt::Key_A, Qt::ControlModifier); // its field has the focus
    type(path);
    test::press(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(waitUntilFileDialogIsGone());
}

} // namespace layerpool::test
