// SPDX-License-Identifier: Apache-2.0
#include "Theme.h"

#include "ThemedStyle.h"
#include "base/Text.h"
#include "settings/Settings.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

#include <algorithm>

namespace layerpool {
namespace {

struct Inks
{
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb button;
    QRgb text;
    QRgb muted;    ///< placeholders
    QRgb disabled; ///< need not stand out as much, but be read
    QRgb highlight;
    QRgb link;
    QRgb visited;
    QRgb note; ///< behind tooltips and messages
};

constexpr Inks kLight{0xfff1f2f4, 0xffffffff, 0xfff7f8f9, 0xfff6f7f8, 0xff1b1d1f, 0xff5c6268,
                      0xff80868c, 0xff1f69b3, 0xff0b57a4, 0xff6b3fa0, 0xfffff8dc};
constexpr Inks kDark{0xff2a2d31, 0xff1e2023, 0xff25282b, 0xff34383d, 0xffe7e9eb, 0xffa6adb4,
                     0xff868d94, 0xff2a6cae, 0xff7fb8f5, 0xffc4a3f2, 0xff3c3a2c};

void setText(QPalette &palette, QPalette::ColorGroup group, QRgb ink)
{
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(group, role, ink);
    }
}

QPalette paletteWith(const Inks &inks)
{
    QPalette palette{QColor(inks.button), QColor(inks.window)}; // edges and shadows follow from these two
    setText(palette, QPalette::All, inks.text);
    palette.setColor(QPalette::Base, inks.base);
    palette.setColor(QPalette::AlternateBase, inks.alternate);
    palette.setColor(QPalette::PlaceholderText, inks.muted);
    palette.setColor(QPalette::Highlight, inks.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Link, inks.link);
    palette.setColor(QPalette::LinkVisited, inks.visited);
    palette.setColor(QPalette::ToolTipBase, inks.note);
    palette.setColor(QPalette::ToolTipText, inks.text);
    setText(palette, QPalette::Disabled, inks.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, inks.disabled);
    return palette;
}

constexpr QLatin1String kFusion("fusion");

// How the program looked before anybody chose.
const QString &systemStyle()
{
    static const QString name = QApplication::style()->name();
    return name;
}

void useStyle(const QString &name)
{
    const bool isThemed = qobject_cast<ThemedStyle *>(QApplication::style());
    if (name == kFusion && !isThemed) {
        QApplication::setStyle(new ThemedStyle); // the application owns it
    } else if (name != kFusion && (isThemed || QApplication::style()->name() != name)) {
        QApplication::setStyle(QStyleFactory::create(name));
    }
}

} // namespace

Theme themeOf(const Settings &settings)
{
    const QString name = settings.value(settings::theme);
    const auto found =
        std::find_if(allThemes.begin(), allThemes.end(), [&](Theme theme) { return nameOf(theme) == name; });
    return found == allThemes.end() ? Theme::System : *found;
}

QString nameOf(Theme theme)
{
    return theme == Theme::Light  ? QStringLiteral("light")
           : theme == Theme::Dark ? QStringLiteral("dark")
                                  : QStringLiteral("system");
}

QString wordFor(Theme theme)
{
    return theme == Theme::Light  ? Text::tr("Light", "theme")
           : theme == Theme::Dark ? Text::tr("Dark", "theme")
                                  : Text::tr("As the system", "theme");
}

QPalette paletteOf(Theme theme)
{
    return paletteWith(theme == Theme::Dark ? kDark : kLight);
}

void applyTheme(Theme theme)
{
    const QString &system = systemStyle();
    if (theme == Theme::System) {
        useStyle(system);
        QApplication::setPalette(QPalette());
        QToolTip::setPalette(QApplication::palette("QTipLabel"));
        return;
    }
    useStyle(kFusion);
    QApplication::setPalette(paletteOf(theme));
    QToolTip::setPalette(paletteOf(theme));
}

void chooseTheme(Theme theme, Settings &settings)
{
    settings.setValue(settings::theme, nameOf(theme));
    applyTheme(theme);
}

} // namespace layerpool
