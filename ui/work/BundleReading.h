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

/// Reads what a bundle holds, in a worker. Where it can't be read, a volume is missing, say, it looks now and
/// then at the bundle's files, and reads them again once they are others and stay so. Destroying it cancels
/// the reading, and waits for nothing.
class BundleReading final : public QObject
{
    Q_OBJECT

public:
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
    void done(const std::shared_ptr<const layerpool::BundleFacts> &facts);
    /// `missing`: the names of the volumes that lack, where that is why.
    void failed(const layerpool::Error &error, const QStringList &missing);

private:
    struct Attempt;
    void take(const Attempt &attempt);
    void look();

    QString m_path;
    QThreadPool &m_workers;
    CancelToken m_cancel;
    std::shared_ptr<TaskProgress> m_progress;
    QTimer m_timer; ///< after a failure
    Newest m_looking;
    QStringList m_tried; ///< the files as they were when it failed
    QStringList m_seen;  ///< at the last look
};

} // namespace layerpool
