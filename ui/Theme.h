// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>
#include <QString>

#include <array>

namespace layerpool {

class Settings;

enum class Theme { System, Light, Dark };
inline constexpr std::array allThemes{Theme::System, Theme::Light, Theme::Dark};

/// As it is kept in the settings; what nobody knows is the system's.
Theme themeOf(const Settings &settings);
QString nameOf(Theme theme);
/// As users read it.
QString wordFor(Theme theme);

/// Of Light and Dark: every text stands out from what lies behind it by 4.5 to 1 at least (WCAG 2.1, 1.4.3).
QPalette paletteOf(Theme theme);

/// Paints all windows in it from now on. Qt 6.4 can't tell whether the system is dark, so Light and Dark are
/// palettes of our own, in the style that keeps to a palette everywhere. For the thread of the windows.
void applyTheme(Theme theme);

/// Keeps it for next time too.
void chooseTheme(Theme theme, Settings &settings);

} // namespace layerpool
