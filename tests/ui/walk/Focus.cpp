// SPDX-License-Identifier: Apache-2.0
#include "ui/walk/Focus.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QImage>

namespace layerpool::test {
namespace {

bool isReachedByTab(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) &&
           !widget.focusProxy() && !(parent && parent->focusProxy() == &widget && parent->isWindow()) &&
           !widget.visibleRegion().isEmpty();
}

bool hasNothing(const QWidget &widget)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(&widget);
    return view && (!view->model() || view->model()->rowCount() == 0);
}

QImage seen(QWidget &widget)
{
    QApplication::processEvents();
    return widget.window()
        ->grab(QRect(widget.mapTo(widget.window(), QPoint()), widget.size()).adjusted(-3, -3, 3, 3))
        .toImage();
}

} // namespace

QStringList unseenFocus(QWidget &window)
{
    QStringList unseen;
    window.setAttribute(Qt::WA_KeyboardFocusChange); // as the Tab key does
    const QPointer<QWidget> before = QApplication::focusWidget();
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!isReachedByTab(*widget) || hasNothing(*widget)) {
            continue;
        }
        widget->setFocus(Qt::TabFocusReason);
        if (QApplication::focusWidget() != widget) {
            continue; // another takes it
        }
        const QImage with = seen(*widget);
        widget->clearFocus();
        if (seen(*widget) == with) {
            unseen << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                          widget->objectName();
        }
    }
    if (before) {
        before->setFocus();
    }
    return unseen;
}

} // namespace layerpool::test
