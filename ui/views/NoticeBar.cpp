// SPDX-License-Identifier: Apache-2.0
#include "views/NoticeBar.h"

#include "views/Spacing.h"

namespace layerpool {

NoticeBar::NoticeBar(const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_notice(new NoticeLine(name + QLatin1String("Text"), this))
    , m_line(new QHBoxLayout(this))
{
    setObjectName(name + QLatin1String("Bar"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    sentence().setForegroundRole(QPalette::ToolTipText);
    m_line->setContentsMargins(outerSpacing(this), innerSpacing(this), innerSpacing(this),
                               innerSpacing(this));
    m_line->setSpacing(outerSpacing(this));
    m_line->addWidget(m_notice, 1);
    hide();
}

void NoticeBar::say(const QString &iconName, const QString &text)
{
    m_notice->say(iconName, text);
    show();
}

} // namespace layerpool
