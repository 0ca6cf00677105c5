// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QStyle>
#include <QStyleOptionViewItem>
#include <QTest>
#include <QTreeView>
#include <QUrl>
#include <QWindow>

namespace layerpool::test {

/// Waits until keys go to this window. QTest's own wait is content when they go to the window it stands
/// before.
inline void waitForFront(const QWidget *window)
{
    constexpr int patience = 10'000;
    ASSERT_TRUE(window);
    ASSERT_TRUE(QTest::qWaitFor(
        [window] { return window->windowHandle() && QApplication::focusWindow() == window->windowHandle(); },
        patience))
        << window->objectName().toStdString() << " does not come to the front";
}

/// What a window manager does when a window opens, or the one before it closes; most tests have none.
inline void bringToFront(QWidget *window)
{
    window->activateWindow();
    waitForFront(window);
}

/// What a user does. Mouse events go to a place of the top-level window and keys to the window in front, so
/// that whatever is hidden, covered, cut off, disabled or behind a dialog isn't reached.
inline void expectInReach(const QWidget *widget, const QPoint &place)
{
    const QWidget *top = widget->window();
    const QWidget *hit = top->childAt(widget->mapTo(top, place));
    ASSERT_TRUE(hit && (hit == widget || widget->isAncestorOf(hit)))
        << widget->objectName().toStdString() << " lies behind something, or is cut off";
    ASSERT_TRUE(widget->isEnabled()) << widget->objectName().toStdString();
}

inline void click(QWidget *widget, const QPoint &place)
{
    ASSERT_NO_FATAL_FAILURE(expectInReach(widget, place));
    QWidget *top = widget->window();
    QTest::mouseClick(top->windowHandle(), Qt::LeftButton, {}, widget->mapTo(top, place));
}

inline void doubleClick(QWidget *widget, const QPoint &place)
{
    ASSERT_NO_FATAL_FAILURE(expectInReach(widget, place));
    QWidget *top = widget->window();
    QTest::mouseDClick(top->windowHandle(), Qt::LeftButton, {}, widget->mapTo(top, place));
}

inline void click(QWidget *widget)
{
    ASSERT_TRUE(widget);
    ASSERT_TRUE(widget->isVisible()) << widget->objectName().toStdString();
    click(widget, widget->rect().center());
}

/// Clicks the box before a row.
inline void clickBox(QTreeView *tree, const QModelIndex &row)
{
    QStyleOptionViewItem option;
    option.initFrom(tree);
    option.widget = tree;
    option.rect = tree->visualRect(row);
    option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
    click(tree->viewport(),
          tree->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, tree).center());
}

inline void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    ASSERT_TRUE(QApplication::focusWindow());
    QTest::keyClick(QApplication::focusWindow(), key, modifiers);
}

/// Types into what has the focus.
inline void type(const QString &text)
{
    for (const QChar letter : text) {
        ASSERT_TRUE(QApplication::focusWindow());
        QTest::keyClick(QApplication::focusWindow(), letter.toLatin1());
    }
}

/// Clicks into a field and types in place of what is there.
inline void typeInto(QWidget *field, const QString &text)
{
    ASSERT_NO_FATAL_FAILURE(click(field));
    press(Qt::Key_A, Qt::ControlModifier);
    type(text);
}

/// Presses Tab until the widget has the focus, or what stands for it.
inline void tabTo(const QWidget *widget)
{
    constexpr int enough = 40;
    for (int i = 0; i < enough && !widget->hasFocus(); ++i) {
        press(Qt::Key_Tab);
    }
    ASSERT_TRUE(widget->hasFocus()) << widget->objectName().toStdString() << " can't be reached by Tab";
}

/// Drops something on the middle of the window, on whatever is there.
inline void dropOn(QWidget *window, const QMimeData &mime)
{
    QWidget *target = window->childAt(window->rect().center());
    const QPoint at = target->mapFrom(window, window->rect().center());
    QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
    EXPECT_TRUE(drop.isAccepted());
}

inline void dropFiles(QWidget *window, const QStringList &paths)
{
    QMimeData mime;
    QList<QUrl> urls;
    for (const QString &path : paths) {
        urls.append(QUrl::fromLocalFile(path));
    }
    mime.setUrls(urls);
    dropOn(window, mime);
}

} // namespace layerpool::test
