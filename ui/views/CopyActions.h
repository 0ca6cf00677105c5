// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemView>

namespace layerpool {

/// Gives a view of images Ctrl+C and a context menu that copy the selected rows' references or digests.
void addCopyActions(QAbstractItemView *view);

/// One that copies what a role says of the selected rows, a row a line.
QAction *addCopyAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, int role);

} // namespace layerpool
