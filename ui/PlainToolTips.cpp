// SPDX-License-Identifier: Apache-2.0
#include "PlainToolTips.h"

#include <QEvent>
#include <QLabel>

namespace layerpool {

PlainToolTips::PlainToolTips(QObject *application) : QObject(application)
{
    application->installEventFilter(this);
}

// Qt's own label for tooltips is polished before it has its first text.
bool PlainToolTips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Polish && watched->inherits("QTipLabel")) {
        static_cast<QLabel *>(watched)->setTextFormat(Qt::PlainText);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace layerpool
