// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemView>

namespace layerpool {

class Workspace;

/// Gives a view of images Ctrl+C and a context menu that copy the selected rows' references or digests.
void addCopyActions(QAbstractItemView *view);

/// One that copies what a role says of the selected rows, a row a line.
QAction *addCopyAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, int role);

/// And one for the lines that pull the selected images: from the server while it serves the pool that is
/// shown; else by the images' bare names. The workspace must outlive the view.
void addPullAction(QAbstractItemView *view, Workspace &workspace);

} // namespace layerpool
