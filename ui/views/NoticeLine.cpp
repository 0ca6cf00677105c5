// SPDX-License-Identifier: Apache-2.0
#include "views/NoticeLine.h"

#include "Icons.h"
#include "views/Spacing.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStyle>

namespace layerpool {

NoticeLine::NoticeLine(const QString &objectName, QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_text(new SpokenLabel(objectName, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
}

void NoticeLine::say(const QString &iconName, const QString &text)
{
    m_iconName = iconName;
    drawIcon();
    m_text->say(text);
}

void NoticeLine::drawIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(themedIcon(m_iconName).pixmap(size));
}

void NoticeLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty()) {
        drawIcon(); // a picture, unlike an icon, keeps its ink
    }
}

} // namespace layerpool
