// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemView>

#include <functional>

namespace layerpool {

class PoolServer;

/// Gives a view of images Ctrl+C and a context menu that copy the selected rows' references or digests.
void addCopyActions(QAbstractItemView *view);

/// One that copies what a role says of the selected rows, a row a line.
QAction *addCopyAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, int role);

/// And one for the lines that pull the selected images: from the server while it serves the pool that is
/// shown, which `poolPath` says; else by the images' bare names.
void addPullAction(QAbstractItemView *view, const PoolServer &server, std::function<QString()> poolPath);

} // namespace layerpool
