// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QStringList>

namespace layerpool::test {

/// What a screen reader could not name. Names come from the widget, its text, or the label it is a buddy of.
inline QStringList namelessWidgets(const QWidget &root)
{
    QStringList nameless;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        const bool isInner = widget->objectName().startsWith(QLatin1String("qt_")) &&
                             widget->objectName() != QLatin1String("qt_toolbar_ext_button");
        const bool isInteractive =
            qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
            qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
            (qobject_cast<const QAbstractItemView *>(widget) &&
             !qobject_cast<const QComboBox *>(widget->window()->parentWidget()));
        const bool isPart = widget->parentWidget() &&
                            (qobject_cast<const QComboBox *>(widget->parentWidget()) ||
                             qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) ||
                             qobject_cast<const QLineEdit *>(widget->parentWidget()) ||
                             widget->parentWidget()->inherits("QComboBoxPrivateContainer") ||
                             widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton"));
        if (!isInteractive || isInner || isPart) {
            continue;
        }
        QAccessibleInterface *accessible =
            QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty()) {
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                            widget->objectName());
        }
    }
    return nameless;
}

} // namespace layerpool::test
