// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// What is another one once a program of ours has written to the pool in this folder, or another one has
/// added or removed blobs: the times of a few hundred folders. Tags that others give or move without a new
/// blob are not seen. Empty where the folder is no pool, or no longer there. Blocks; for a worker thread.
QByteArray poolFingerprint(const QString &path);

} // namespace layerpool
