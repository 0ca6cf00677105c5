// SPDX-License-Identifier: Apache-2.0
#include "views/NoticeBar.h"

#include "Icons.h"
#include "views/Spacing.h"

#include <QEvent>
#include <QStyle>

namespace layerpool {

NoticeBar::NoticeBar(const QString &name, QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_line(new QHBoxLayout(this))
{
    setObjectName(name + QLatin1String("Bar"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    m_text->setObjectName(name + QLatin1String("Text"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_line->setContentsMargins(outerSpacing(this), innerSpacing(this), innerSpacing(this),
                               innerSpacing(this));
    m_line->setSpacing(outerSpacing(this));
    m_line->addWidget(m_icon);
    m_line->addWidget(m_text, 1);
    hide();
}

void NoticeBar::say(const QString &iconName, const QString &text)
{
    m_iconName = iconName;
    drawIcon();
    m_text->setText(text);
    m_text->setAccessibleName(text);
    show();
}

void NoticeBar::drawIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(themedIcon(m_iconName).pixmap(size));
}

void NoticeBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty()) {
        drawIcon(); // a picture, unlike an icon, keeps its ink
    }
}

} // namespace layerpool
