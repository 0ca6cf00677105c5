// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaskProgress.h"
#include "work/BundleFacts.h"
#include "work/Newest.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace layerpool {

/// Reads what a bundle holds, in a worker. Then it looks now and then at the bundle's files and at what is
/// trusted, and reads it again once they are others and stay so: a volume that was missing has come, say, or
/// the bundle has gone. Destroying it cancels the reading, and waits for nothing.
class BundleReading final : public QObject
{
    Q_OBJECT

public:
    /// The volumes that lack, where that is why it can't be read.
    struct Missing
    {
        QStringList names;
        bool canBeAdded = true; ///< to the folder in which the others lie
    };

    /// Of the bundle, or of any volume of it. The workers must outlive it.
    BundleReading(QString path, QThreadPool &workers, QObject *parent = nullptr);
    ~BundleReading() override;

    const QString &path() const { return m_path; }
    /// From the beginning, whatever it does.
    void start();
    bool isRunning() const { return m_progress != nullptr; }
    /// In bytes of what is read; null while nothing is.
    const TaskProgress *progress() const { return m_progress.get(); }

Q_SIGNALS:
    void begun();
    /// Before what has changed is read again.
    void changed();
    void done(const std::shared_ptr<const layerpool::BundleFacts> &facts);
    void failed(const layerpool::Error &error, const layerpool::BundleReading::Missing &missing);

private:
    struct Attempt;
    void take(const Attempt &attempt);
    void look();

    QString m_path;
    QThreadPool &m_workers;
    CancelToken m_cancel;
    std::shared_ptr<TaskProgress> m_progress;
    QTimer m_timer; ///< while nothing is read
    Newest m_looking;
    QStringList m_tried; ///< what it depends on, as it was before it was read
    QStringList m_seen;  ///< the same, at the last look
};

} // namespace layerpool
