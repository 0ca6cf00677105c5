// SPDX-License-Identifier: Apache-2.0
#include "views/MessageBar.h"

#include "Icons.h"
#include "Words.h"
#include "views/Spacing.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStyle>
#include <QToolButton>

namespace layerpool {

MessageBar::MessageBar(QWidget *parent) : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageCloseButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(outerSpacing(this), innerSpacing(this), innerSpacing(this),
                               innerSpacing(this));
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(close);
    hide();
}

void MessageBar::showError(const Error &error)
{
    show(QStringLiteral("warning"), sentenceOf(error));
}

void MessageBar::showNote(const QString &text)
{
    show(QStringLiteral("info"), text);
}

void MessageBar::show(const QString &iconName, const QString &text)
{
    m_iconName = iconName;
    drawIcon();
    m_text->setText(text);
    m_text->setAccessibleName(text);
    QWidget::show();
}

void MessageBar::drawIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(themedIcon(m_iconName).pixmap(size));
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty()) {
        drawIcon(); // a picture, unlike an icon, keeps its ink
    }
}

} // namespace layerpool
