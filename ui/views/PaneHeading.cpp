// SPDX-License-Identifier: Apache-2.0
#include "views/PaneHeading.h"

#include "views/Spacing.h"

namespace layerpool {

PaneHeading::PaneHeading(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    QFont bold = font();
    bold.setBold(true);
    setFont(bold);
    setMinimumHeight(fontMetrics().height() + outerSpacing(this)); // those beside it have fields in their row
}

void PaneHeading::setHeading(const QString &kind, const QString &name, const QString &whole)
{
    m_heading = name.isEmpty() ? kind : tr("%1 — %2", "what a pane shows, and which").arg(kind, name);
    setToolTip(whole);
    setAccessibleName(m_heading);
    elide();
}

void PaneHeading::elide()
{
    setText(fontMetrics().elidedText(m_heading, Qt::ElideMiddle, width()));
}

void PaneHeading::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

QSize PaneHeading::minimumSizeHint() const
{
    return {textWidth(this, 8), QLabel::minimumSizeHint().height()};
}

} // namespace layerpool
