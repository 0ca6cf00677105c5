// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"

class QThreadPool;

namespace layerpool {

/// A file that is to be written.
struct NewFileRequest
{
    Dialogs::FileRequest dialog;
    QStringList endings; ///< with their dots; a new name that has none of them gets the first
};

using NewFileChosen = std::function<void(const QString &path, bool isThere)>;

/// Asks where to write a file. A file that is there is meant by its very name. The dialogs and workers must
/// outlive the parent.
void askForNewFile(Dialogs &dialogs, QThreadPool &workers, QWidget *parent, const NewFileRequest &request,
                   NewFileChosen then);

/// The same, and what is there is replaced only by a yes.
void askForFileToReplace(Dialogs &dialogs, QThreadPool &workers, QWidget *parent,
                         const NewFileRequest &request, NewFileChosen then);

} // namespace layerpool
