// SPDX-License-Identifier: Apache-2.0
#include "views/MessageBar.h"

#include "Icons.h"
#include "Words.h"

#include <QToolButton>

namespace layerpool {

MessageBar::MessageBar(QWidget *parent) : NoticeBar(QStringLiteral("message"), parent)
{
    sentence().setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageCloseButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    add(close);
}

void MessageBar::showError(const Error &error)
{
    say(QStringLiteral("warning"), sentenceOf(error));
}

void MessageBar::showNote(const QString &text)
{
    say(QStringLiteral("info"), text);
}

} // namespace layerpool
