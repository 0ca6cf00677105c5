// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace layerpool {

/// Fusion, whose edges are a shade of the window and vanish where that is dark: check boxes, radio buttons,
/// pressed tool buttons and progress bars get one that stands out by 3 to 1 in every palette
/// (WCAG 2.1, 1.4.11), and a bar's text is read across its end. Lists, texts and buttons show that they have
/// the focus (2.4.7).
class ThemedStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    ThemedStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
                  QStyleHintReturn *result = nullptr) const override;
};

} // namespace layerpool
