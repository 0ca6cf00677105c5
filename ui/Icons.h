// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QPalette>
#include <QString>

namespace layerpool {

/// In what colour an icon says how something went; its shape says it too.
enum class Tone { Plain, Good, Bad };

/// One of the program's monochrome icons, by its file's name. It takes the palette's colours each time it is
/// painted, so a change from light to dark needs nothing more.
QIcon themedIcon(const QString &name, Tone tone = Tone::Plain);

/// The colour of a tone on the base of the palette, with a contrast of 4.5 at least.
QColor inkOf(Tone tone, const QPalette &palette);

/// The program's own, in its colours.
QIcon programIcon();

} // namespace layerpool
