// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Newest.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace layerpool {

class Settings;

/// Lists and pools that were open of late, the newest first, and which of them are still there.
class Recent final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    Recent(Settings &settings, QThreadPool &workers, QObject *parent = nullptr);

    QStringList lists() const;
    QStringList pools() const;
    bool isEmpty() const { return lists().isEmpty() && pools().isEmpty(); }
    /// As of the last look.
    bool isMissing(const QString &path) const { return m_missing.contains(path); }

    void rememberList(const QString &path);
    void rememberPool(const QString &path);
    void clear();
    /// Finds out, in a worker, which are still there: they may lie on a disk that does not answer.
    void look();

Q_SIGNALS:
    void changed();

private:
    Settings &m_settings;
    Newest m_looking;
    QSet<QString> m_missing;
};

} // namespace layerpool
