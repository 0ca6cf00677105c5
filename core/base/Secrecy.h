// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// From now on no core file is written of this program, and no other of the same user reads its memory:
/// passwords are in it. Called first of all.
void keepOutOfDumps();

/// Empties it, and overwrites what it held where nobody shares that.
void wipe(QByteArray &secret);
void wipe(QString &secret);

} // namespace layerpool
