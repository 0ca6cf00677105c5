// SPDX-License-Identifier: Apache-2.0
#include "views/DropOverlay.h"

#include "views/Spacing.h"

#include <QPainter>

namespace layerpool {

DropOverlay::DropOverlay(QWidget *window) : QWidget(window)
{
    setObjectName(QStringLiteral("dropOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::say(const QString &sentence, bool isWelcome)
{
    m_sentence = sentence;
    m_isWelcome = isWelcome;
    setAccessibleName(sentence);
    setGeometry(parentWidget()->rect());
    show();
    raise();
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.92F);
    painter.fillRect(rect(), veil);

    const int margin = 2 * outerSpacing(this);
    const QColor ink = palette().color(m_isWelcome ? QPalette::Highlight : QPalette::PlaceholderText);
    painter.setPen(QPen(ink, 2, m_isWelcome ? Qt::SolidLine : Qt::DashLine));
    painter.drawRoundedRect(rect().adjusted(margin, margin, -margin, -margin), margin / 2.0, margin / 2.0);

    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_sentence);
}

} // namespace layerpool
