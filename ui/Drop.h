// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMimeData>
#include <QString>
#include <QStringList>

namespace layerpool {

/// What a drag, or the clipboard, carries: local files, or else text.
struct Dropped
{
    QStringList files;          ///< also those that a text names as `file://` addresses
    QString text;               ///< empty where there is anything else
    QStringList elsewhere = {}; ///< addresses of what is not on this machine

    bool isEmpty() const { return files.isEmpty() && elsewhere.isEmpty() && text.isEmpty(); }

    static Dropped from(const QMimeData &data);
};

/// What dropping files or text on the window would do.
struct Drop
{
    QString pool;      ///< a folder to be opened as a pool; empty for none
    QString bundle;    ///< a bundle, or a volume of one, to be shown; empty for none
    QString source;    ///< what other tools left, to be taken into a pool; empty for none
    QStringList lists; ///< files to be opened, each as a list of its own
    QString text;      ///< to be opened as a list of no file yet; empty for none
    QString sentence;  ///< says so before it is done, a line for each thing
    QString refusal;   ///< of that, what can't be opened and why; empty where all can

    bool doesSomething() const
    {
        return !pool.isEmpty() || !bundle.isEmpty() || !source.isEmpty() || !lists.isEmpty() ||
               !text.isEmpty();
    }

    static Drop of(const QStringList &paths);
    static Drop of(const Dropped &dropped);
};

} // namespace layerpool
