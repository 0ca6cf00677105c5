// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFontMetrics>
#include <QWidget>

namespace layerpool {

/// The two distances of the window, from the font: inside a group, and between groups.
inline int innerSpacing(const QWidget *widget)
{
    return widget->fontMetrics().height() / 3;
}

inline int outerSpacing(const QWidget *widget)
{
    return 2 * innerSpacing(widget);
}

/// The width of so many small letters. (The average over a font would count its ideographs.)
inline int textWidth(const QWidget *widget, int characters)
{
    return characters * widget->fontMetrics().horizontalAdvance(QLatin1Char('x'));
}

} // namespace layerpool
