// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStringList>
#include <QTabBar>

namespace layerpool::test {

/// Whether it is a piece of another widget, which has the name.
inline bool isPartOfAnother(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    const bool isQtsOwn = widget.objectName().startsWith(QLatin1String("qt_")) &&
                          widget.objectName() != QLatin1String("qt_toolbar_ext_button") &&
                          !qobject_cast<const QTabBar *>(&widget);
    return isQtsOwn || qobject_cast<const QComboBox *>(parent) ||
           qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QLineEdit *>(parent) ||
           qobject_cast<const QHeaderView *>(&widget) || widget.inherits("QTableCornerButton") ||
           (parent && parent->inherits("QComboBoxPrivateContainer"));
}

/// What can be used, and a screen reader could not name. Names come from the widget, its text, or the label
/// it is a buddy of.
inline QStringList namelessWidgets(const QWidget &root)
{
    QStringList nameless;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        const bool takesFocus = widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy();
        const bool isButton = qobject_cast<const QAbstractButton *>(widget); // some for the mouse alone
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool isHiddenBar = qobject_cast<const QTabBar *>(widget) && !widget->isVisibleTo(&root);
        if (isHiddenBar || (label && label->text().isEmpty())) {
            continue; // they are named by what they show, and show nothing
        }
        if (!(takesFocus || isButton) || widget->window() != root.window() || isPartOfAnother(*widget)) {
            continue;
        }
        const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty()) {
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                            widget->objectName());
        }
    }
    return nameless;
}

} // namespace layerpool::test
