// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Gestures.h"

#include <QContextMenuEvent>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTimer>

#include <functional>

namespace layerpool::test {

/// Opens a menu of the window's bar by a click on its title, and waits until it is seen.
inline void openMenu(const QMainWindow &window, const QMenu *menu)
{
    ASSERT_TRUE(menu);
    QMenuBar *bar = window.menuBar();
    ASSERT_NO_FATAL_FAILURE(click(bar, bar->actionGeometry(menu->menuAction()).center()));
    ASSERT_TRUE(QTest::qWaitFor([menu] { return QApplication::activePopupWidget() == menu; }))
        << menu->title().toStdString();
}

/// Clicks an entry of a menu that is open.
inline void clickEntry(QMenu *menu, QAction *action)
{
    ASSERT_TRUE(menu && action && menu->actions().contains(action));
    ASSERT_TRUE(action->isEnabled()) << action->text().toStdString();
    QTest::mouseClick(menu->windowHandle(), Qt::LeftButton, {}, menu->actionGeometry(action).center());
}

/// Chooses by the mouse what stands in one of the menus of the bar.
inline void chooseInMenu(const QMainWindow &window, const QString &name)
{
    auto *action = window.findChild<QAction *>(name + QLatin1String("Action"));
    ASSERT_TRUE(action) << name.toStdString();
    for (const QAction *title : window.menuBar()->actions()) {
        if (title->menu()->actions().contains(action)) {
            ASSERT_NO_FATAL_FAILURE(openMenu(window, title->menu()));
            clickEntry(title->menu(), action);
            return;
        }
    }
    FAIL() << name.toStdString() << " is in no menu";
}

/// Asks for the menu of a place by the right button. Such a menu has a loop of its own: `then` is called in
/// it, with the menu, which it has to close.
inline void openContextMenu(QWidget *widget, const QPoint &place, const std::function<void(QMenu *)> &then)
{
    bool isShown = false;
    QTimer watch;
    watch.setInterval(0);
    QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
        if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
            watch.stop();
            isShown = true;
            then(menu);
            menu->close();
        }
    });
    watch.start();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, widget->mapToGlobal(place));
    QApplication::sendEvent(widget, &event);
    EXPECT_TRUE(isShown) << widget->objectName().toStdString() << " has no menu";
}

} // namespace layerpool::test
