// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Newest.h"

#include <QTimer>

#include <chrono>

namespace layerpool {

/// Looks now and then whether another program has changed a pool since it was read. (A QFileSystemWatcher
/// would need a watch for each of a few hundred folders, and hears nothing of a disk on the network.)
class PoolWatcher final : public QObject
{
    Q_OBJECT

public:
    /// The workers must outlive it.
    explicit PoolWatcher(QThreadPool &workers);

    /// `known`: the fingerprint that it had before it was read.
    void watch(const QString &path, const QByteArray &known);
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }

Q_SIGNALS:
    /// Again and again, until `watch` says what is known by now.
    void changed();

private:
    void look();

    QString m_path;
    QByteArray m_known;
    QTimer m_timer;
    Newest m_looking;
};

} // namespace layerpool
