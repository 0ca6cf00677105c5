// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"
#include "pool/PoolIndex.h"
#include "serve/PoolServer.h"
#include "task/TaskQueue.h"
#include "work/Newest.h"
#include "work/OpenLists.h"
#include "work/PoolWatcher.h"
#include "work/PoolTicks.h"
#include "work/PreparedTask.h"
#include "work/Subject.h"

#include <QHash>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace layerpool {

enum class PoolOpening { MustExist, MayCreate };

/// What the window is about: the open pool, the open lists, the ticked images and the tasks. Reading is done
/// in workers; the signals tell when something is there, in the thread of the window.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    /// `keyring`: where logins are kept for another day; null: nowhere.
    explicit Workspace(std::shared_ptr<CredentialStore> keyring = nullptr, QObject *parent = nullptr);
    ~Workspace() override;

    /// A pool that would have to be made is only made with MayCreate; else `poolNotThere` asks.
    void openPool(const QString &path, PoolOpening opening = PoolOpening::MustExist);
    /// One that has been read already: nothing of it is read again, nor unpacked.
    void openBundle(std::shared_ptr<const PoolIndex> bundle);
    /// Reads the open pool anew, keeping the ticks.
    void refreshPool();
    /// How often it is looked whether another program has changed the pool.
    void setWatchInterval(std::chrono::milliseconds interval) { m_watcher.setInterval(interval); }
    /// `pool`: the path of the one that it is about. `again`: what makes it once more after a pause.
    TaskId start(PreparedTask prepared, const QString &pool, TaskQueue::Source again = {});
    /// One whose plan is made when its turn comes.
    TaskId startLater(Verb verb, const QString &title, const QString &pool, TaskQueue::Source source);

    /// Null while none is open.
    const std::shared_ptr<const PoolIndex> &pool() const { return m_pool; }
    OpenLists &lists() { return m_lists; }
    /// The one in front; null while none is open.
    ListDocument *list() const { return m_lists.current(); }
    /// Why nothing can be added to the open pool, where that is so.
    const std::optional<Error> &poolIsReadOnly() const { return m_poolIsReadOnly; }
    /// What is known so far of a pool that is being read, while none is open: its names; else null.
    const std::shared_ptr<const PoolIndex> &poolNames() const { return m_poolNames; }
    /// Whether a task that is not over brings images into the open pool.
    bool isFillingPool() const;
    bool isReadingPool() const { return m_isReadingPool; }
    /// Whether the one that is being read is another than the open one.
    bool isOpeningPool() const
    {
        return m_isReadingPool && m_pathBeingRead != (m_pool ? m_pool->path() : QString());
    }
    /// While one is read.
    const QString &pathBeingRead() const { return m_pathBeingRead; }
    PoolTicks &ticks() { return m_ticks; }
    TaskQueue &queue() { return m_queue; }
    /// Serves a pool while the program runs: the open one, or one that was open when it began.
    PoolServer &server() { return m_server; }
    /// For plans and whatever else the window has computed.
    QThreadPool &workers() { return m_workers; }
    /// For what reads pools and bundles, which may lie on a disk that does not answer.
    QThreadPool &poolReaders() { return m_poolReaders; }
    /// The stores of this session's logins and the keyring's, and else nothing.
    RegistryOptions logins() const;
    Verb verbOf(TaskId id) const { return m_tasks.value(id).verb; }
    /// Of the ticked images, each blob once; nothing while it is being added up.
    std::optional<qint64> tickedBytes() const { return m_tickedBytes; }
    /// What Select, Tar and Push can work on, the likeliest first. Empty without a pool.
    std::vector<Subject> subjects() const;
    /// The shown list as what Convert works on.
    Subject listSubject() const;

Q_SIGNALS:
    void poolReading(const QString &path);
    void poolNamed();
    void poolChanged();
    void poolFailed(const layerpool::Error &error);
    /// Nothing is there yet, or an empty folder: a pool could be made.
    void poolNotThere(const QString &path);
    void tickedBytesChanged();

private:
    struct Started
    {
        Verb verb = Verb::Convert;
        QString pool;
    };
    void turnTo(const QString &path);
    void readPool(const QString &path, PoolOpening opening);
    void takePoolNames(std::shared_ptr<const PoolIndex> names, const CancelToken &cancel);
    void takePool(std::shared_ptr<const PoolIndex> pool, std::optional<Error> readOnly);
    void addUpTicks();
    void follow();
    void followSoon();
    bool changesOpenPool(TaskId id) const;
    void onTaskReported(TaskId id, const TaskEvent &event);
    void onTaskFinished(TaskId id);

    std::shared_ptr<CredentialStore> m_keyring;
    std::shared_ptr<CredentialStore> m_session = std::make_shared<SessionStore>();
    std::shared_ptr<const PoolIndex> m_pool;
    std::shared_ptr<const PoolIndex> m_poolNames;
    PoolTicks m_ticks;
    std::optional<qint64> m_tickedBytes = 0;
    QTimer m_tickTimer; ///< a click on a repository ticks many: they are added up once
    QHash<TaskId, Started> m_tasks;
    CancelToken m_poolReading;
    bool m_isReadingPool = false;
    QString m_pathBeingRead;
    QTimer m_followTimer;                       ///< until the pool is read anew while a task fills it
    bool m_isBehind = false;                    ///< more came while the pool was being read
    std::chrono::milliseconds m_lastReading{0}; ///< how long it took
    QThreadPool m_workers;
    QThreadPool m_poolReaders; ///< a pool on a dead disk must not keep a list or a plan waiting
    PoolWatcher m_watcher{m_poolReaders};
    Newest m_sum{m_workers, this};
    OpenLists m_lists{m_workers};
    TaskQueue m_queue;
    std::optional<Error> m_poolIsReadOnly;
    PoolServer m_server;
};

} // namespace layerpool
