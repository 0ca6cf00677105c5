// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QString>

namespace layerpool {

/// One of the program's monochrome icons, by its file's name. It takes the palette's colours each time it is
/// painted, so a change from light to dark needs nothing more.
QIcon themedIcon(const QString &name);

/// The program's own, in its colours.
QIcon programIcon();

} // namespace layerpool
