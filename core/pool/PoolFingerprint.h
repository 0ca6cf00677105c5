// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// What is another one once a program has added blobs or repositories to the pool in this folder, or taken
/// some away: the times of the folders in which they lie, a few hundred. A tag that moves to an image which
/// is there already is not seen. Empty where the folder is no pool, or no longer there. Blocks; for a worker
/// thread.
QByteArray poolFingerprint(const QString &path);

} // namespace layerpool
