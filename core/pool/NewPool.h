// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace layerpool {

/// A place where a pool is about to be made, so that it can be left as it was where nothing comes of it.
class NewPool
{
public:
    /// Looks what is there: before the pool is made.
    explicit NewPool(const QString &path);

    /// Takes away the pool and its folders where there was none before, as long as nothing lies in it and
    /// nobody holds it. For who made it, and has let go of it. Only empty folders and locks are removed,
    /// whatever others do meanwhile.
    void takeBack() const;

private:
    QString m_path;
    bool m_wasFree;        ///< nothing, or an empty folder
    QStringList m_folders; ///< that were not there, the innermost first
};

} // namespace layerpool
