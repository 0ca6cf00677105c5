// SPDX-License-Identifier: Apache-2.0
#include "Accessibility.h"

#include <QAccessibleWidget>

namespace layerpool {
namespace {

// Its children are its widgets, each asked for by a number that is looked at.
QAccessibleInterface *scrollArea(const QString &className, QObject *object)
{
    const bool isScrollArea =
        className == QLatin1String("QScrollArea") || className == QLatin1String("QAbstractScrollArea");
    auto *widget = qobject_cast<QWidget *>(object);
    return isScrollArea && widget ? new QAccessibleWidget(widget, QAccessible::Client)
                                  : nullptr; // Qt owns it
}

} // namespace

void makeScrollAreasSafeToAsk()
{
    QAccessible::installFactory(scrollArea);
}

} // namespace layerpool
