// SPDX-License-Identifier: Apache-2.0
#include "ThemedStyle.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

namespace layerpool {
namespace {

constexpr qreal kRounding = 2;  // pixels of a corner
constexpr int kButtonInset = 3; // pixels, within the edge

// Of a thing that can be used; what can't need not stand out.
QColor edgeOf(const QStyleOption &option)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    return option.palette.color(isEnabled ? QPalette::Active : QPalette::Disabled, QPalette::PlaceholderText);
}

// What is chosen has a ground that vanishes in the dark; links stand out there.
QPen focusOf(const QStyleOption &option)
{
    const bool isDark = option.palette.color(QPalette::Base).lightness() < 128;
    return {option.palette.color(isDark ? QPalette::Link : QPalette::Highlight), 2};
}

// Its pixels' middle, so that an edge is one pixel wide.
QRectF squareIn(const QRect &rect)
{
    const int side = std::min(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    return QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5);
}

void preparePainter(QPainter &painter, const QStyleOption &option)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hasFocus =
        (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
    painter.setPen(hasFocus ? focusOf(option) : QPen(edgeOf(option)));
    painter.setBrush(
        option.palette.color(option.state & QStyle::State_Sunken ? QPalette::AlternateBase : QPalette::Base));
}

void drawCheckBox(QPainter &painter, const QStyleOption &option)
{
    const QRectF box = squareIn(option.rect);
    preparePainter(painter, option);
    painter.drawRoundedRect(box, kRounding, kRounding);
    const QColor ink = option.palette.color(QPalette::Text);
    const qreal side = box.width();
    if (option.state & QStyle::State_NoChange) { // some of what is below it
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawRect(
            QRectF(box.left() + side * 0.25, box.center().y() - side * 0.09, side * 0.5, side * 0.18));
    } else if (option.state & QStyle::State_On) {
        QPainterPath tick(box.topLeft() + QPointF(side * 0.22, side * 0.52));
        tick.lineTo(box.topLeft() + QPointF(side * 0.42, side * 0.72));
        tick.lineTo(box.topLeft() + QPointF(side * 0.78, side * 0.28));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, std::max<qreal>(1.6, side / 7), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(tick);
    }
}

void drawRadioButton(QPainter &painter, const QStyleOption &option)
{
    const QRectF circle = squareIn(option.rect);
    preparePainter(painter, option);
    painter.drawEllipse(circle);
    if (option.state & QStyle::State_On) {
        const qreal inset = circle.width() * 0.28;
        painter.setPen(Qt::NoPen);
        painter.setBrush(option.palette.color(QPalette::Text));
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset));
    }
}

// Where Fusion shows nothing of it: lists, texts, the default button, flat ones.
void drawFocus(QPainter &painter, const QStyleOption &option, int inset)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(focusOf(option));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(
        QRectF(option.rect.adjusted(inset, inset, -inset, -inset)).adjusted(0.5, 0.5, -0.5, -0.5), kRounding,
        kRounding);
    painter.restore();
}

bool hasFocus(const QStyleOption &option)
{
    return option.state & QStyle::State_HasFocus;
}

void drawEdge(QPainter &painter, const QStyleOption &option, const QBrush &ground)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edgeOf(option));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), kRounding, kRounding);
}

// A part of a bar's text: what lies in the rectangle.
void drawPartOfText(QPainter &painter, const QStyleOptionProgressBar &bar, const QRect &part,
                    QPalette::ColorRole ink)
{
    painter.setClipRect(part);
    painter.setPen(bar.palette.color(ink));
    painter.drawText(bar.rect, Qt::AlignCenter, bar.text);
}

// Each half of a letter in the ink of the ground that it stands on.
void drawBarText(QPainter &painter, const QStyleOptionProgressBar &bar)
{
    QRect done = bar.rect;
    const qint64 steps = std::max(1, bar.maximum - bar.minimum);
    done.setWidth(int(qint64(bar.rect.width()) * (bar.progress - bar.minimum) / steps));
    QRect rest = bar.rect;
    rest.setLeft(done.right() + 1);
    const bool isMirrored = (bar.direction == Qt::RightToLeft) != bar.invertedAppearance;
    const auto direction = isMirrored ? Qt::RightToLeft : Qt::LeftToRight;
    drawPartOfText(painter, bar, QStyle::visualRect(direction, bar.rect, done), QPalette::HighlightedText);
    drawPartOfText(painter, bar, QStyle::visualRect(direction, bar.rect, rest), QPalette::Text);
}

} // namespace

ThemedStyle::ThemedStyle() : QProxyStyle(QStringLiteral("fusion")) {}

void ThemedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const bool isTakenOver = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck ||
                             element == PE_IndicatorRadioButton ||
                             (element == PE_PanelButtonTool && (option->state & State_On));
    if (!isTakenOver) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (element == PE_Frame && hasFocus(*option)) {
            drawFocus(*painter, *option, 0);
        }
        return;
    }
    painter->save();
    switch (element) {
    case PE_IndicatorRadioButton:
        drawRadioButton(*painter, *option);
        break;
    case PE_PanelButtonTool: {
        QColor pressed = option->palette.color(QPalette::Highlight);
        pressed.setAlphaF(0.35F); // the text on it stays as it is
        drawEdge(*painter, *option, pressed);
        break;
    }
    default:
        drawCheckBox(*painter, *option);
    }
    painter->restore();
}

void ThemedStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (element == CE_ProgressBarLabel && bar && (bar->state & State_Horizontal)) {
        if (bar->textVisible) {
            painter->save();
            drawBarText(*painter, *bar);
            painter->restore();
        }
        return;
    }
    if (element != CE_ProgressBarGroove) {
        QProxyStyle::drawControl(element, option, painter, widget);
        if (element == CE_PushButton && hasFocus(*option)) {
            drawFocus(*painter, *option, kButtonInset);
        }
        return;
    }
    painter->save();
    drawEdge(*painter, *option, option->palette.color(QPalette::Base));
    painter->restore();
}

// Fusion's own pictures for them are of another hand than ours.
int ThemedStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *result) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0
                                                       : QProxyStyle::styleHint(hint, option, widget, result);
}

} // namespace layerpool
