// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMimeData>
#include <QString>
#include <QStringList>

namespace layerpool {

/// What dropping files on the window would do.
struct Drop
{
    QString pool;      ///< a folder to be opened as a pool; empty for none
    QStringList lists; ///< files to be opened as one list
    QString sentence;  ///< says so before it is done, a line for each thing
    QString refusal;   ///< of that, what can't be opened and why; empty where all can

    bool doesSomething() const { return !pool.isEmpty() || !lists.isEmpty(); }

    static Drop of(const QStringList &paths);
};

/// The local files of a drag; empty where it carries anything else.
QStringList localFiles(const QMimeData &data);

} // namespace layerpool
