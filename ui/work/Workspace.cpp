// SPDX-License-Identifier: Apache-2.0
#include "work/Workspace.h"

#include "bundle/BundlePool.h"
#include "pool/PoolFingerprint.h"
#include "pool/PoolWritable.h"
#include "work/Background.h"

#include <QDir>
#include <QElapsedTimer>

#include <algorithm>

namespace layerpool {
namespace {

struct PoolReading
{
    Result<std::shared_ptr<const PoolIndex>> pool;
    bool couldBeMade = false;      ///< nothing is there, or an empty folder
    std::optional<Error> readOnly; ///< why, where it is
    std::chrono::milliseconds lasted{0};
    QByteArray fingerprint; ///< of before
};

constexpr int kWorkers = 4;

constexpr std::chrono::milliseconds kFollowAfter = std::chrono::seconds(2);
constexpr int kFollowShare = 20; // of the time, one part is for reading

Result<std::shared_ptr<const PoolIndex>> readIndex(const QString &path, PoolOpening opening,
                                                   const CancelToken &cancel,
                                                   const PoolIndex::OnNames &onNames)
{
    const Result<Pool> pool = opening == PoolOpening::MayCreate
                                  ? Pool::openOrCreate(path)
                                  : openPoolOrBundle(path, SignatureRules::ofUser(), cancel);
    auto index = pool ? PoolIndex::read(*pool, cancel, onNames) : pool.error();
    return index ? freedInBackground(*std::move(index)) : std::move(index);
}

PoolReading readPoolAt(const QString &path, PoolOpening opening, const CancelToken &cancel,
                       const PoolIndex::OnNames &onNames)
{
    QElapsedTimer time;
    time.start();
    const QByteArray before = poolFingerprint(path);
    PoolReading reading{readIndex(path, opening, cancel, onNames), false, {}, {}, before};
    reading.lasted = std::chrono::milliseconds(time.elapsed());
    if (const Status writable = reading.pool ? checkWritable((*reading.pool)->pool()) : Status(); !writable) {
        reading.readOnly = writable.error();
    }
    reading.couldBeMade =
        !reading.pool && opening == PoolOpening::MustExist && !isBundle(path) && Pool::wouldCreate(path);
    return reading;
}

} // namespace

Workspace::Workspace(std::shared_ptr<CredentialStore> keyring, QObject *parent)
    : QObject(parent), m_keyring(std::move(keyring))
{
    m_workers.setMaxThreadCount(kWorkers);
    m_poolReaders.setMaxThreadCount(kWorkers);
    m_tickTimer.setSingleShot(true);
    m_tickTimer.setInterval(0);
    connect(&m_tickTimer, &QTimer::timeout, this, &Workspace::addUpTicks);
    connect(&m_ticks, &PoolTicks::changed, &m_tickTimer, qOverload<>(&QTimer::start));
    m_followTimer.setSingleShot(true);
    connect(&m_followTimer, &QTimer::timeout, this, &Workspace::refreshPool);
    connect(&m_watcher, &PoolWatcher::changed, this, [this] {
        if (!m_isReadingPool) { // else that is what is being read
            followSoon();
        }
    });
    connect(&m_queue, &TaskQueue::reported, this, &Workspace::onTaskReported);
    connect(&m_queue, &TaskQueue::finished, this, &Workspace::onTaskFinished);
    connect(&m_queue, &TaskQueue::stateChanged, this, [this](TaskId id) {
        if (m_queue.state(id) == TaskQueue::State::Paused) {
            onTaskFinished(id); // what it has done shows
        }
    });
}

Workspace::~Workspace()
{
    m_poolReading.cancel();
    m_queue.cancelAll();
}

void Workspace::openPool(const QString &path, PoolOpening opening)
{
    readPool(QDir(path).absolutePath(), opening);
}

void Workspace::refreshPool()
{
    if (m_pool && isOpeningPool()) {
        m_isBehind = true; // should the other one not open
    } else if (m_pool) {
        readPool(m_pool->path(), PoolOpening::MustExist);
    }
}

void Workspace::openBundle(std::shared_ptr<const PoolIndex> bundle)
{
    turnTo(bundle->path());
    m_isReadingPool = false;
    m_isBehind = false;
    m_watcher.watch(bundle->path(), {}); // it never changes
    takePool(bundle, checkWritable(bundle->pool()).error());
}

// What was asked for before is not wanted any more.
void Workspace::turnTo(const QString &path)
{
    m_poolReading.cancel();
    m_poolReading = CancelToken();
    m_isReadingPool = true;
    m_followTimer.stop();
    m_pathBeingRead = path;
    m_poolNames.reset();
    Q_EMIT poolReading(path);
}

void Workspace::readPool(const QString &path, PoolOpening opening)
{
    turnTo(path);
    const PoolIndex::OnNames handNames = [this, cancel = m_poolReading](PoolIndex::Ptr names) {
        QMetaObject::invokeMethod(this, [this, names, cancel] { takePoolNames(names, cancel); });
    };
    runInBackground(
        m_poolReaders, this,
        [path, opening, cancel = m_poolReading, handNames] {
            return readPoolAt(path, opening, cancel, handNames);
        },
        [this, path, cancel = m_poolReading](const PoolReading &reading) {
            if (cancel.isCancelled()) {
                return; // another pool was asked for meanwhile
            }
            m_isReadingPool = false;
            m_lastReading = reading.lasted;
            if (std::exchange(m_isBehind, false)) {
                follow();
            }
            m_poolNames.reset();
            const bool isOpen = m_pool && m_pool->path() == path;
            if (reading.pool || isOpen) { // it may have gone, and come again
                m_watcher.watch(path, reading.fingerprint);
            }
            if (reading.pool) {
                takePool(*reading.pool, reading.readOnly);
            } else if (reading.couldBeMade && !isOpen) {
                Q_EMIT poolNotThere(path);
            } else {
                Q_EMIT poolFailed(reading.pool.error());
            }
        });
}

// A pool that is open stays in sight until the other one is read.
void Workspace::takePoolNames(std::shared_ptr<const PoolIndex> names, const CancelToken &cancel)
{
    if (!cancel.isCancelled() && m_isReadingPool && !m_pool) {
        m_poolNames = std::move(names);
        Q_EMIT poolNamed();
    }
}

void Workspace::takePool(std::shared_ptr<const PoolIndex> pool, std::optional<Error> readOnly)
{
    const bool isAnother = !m_pool || m_pool->path() != pool->path();
    m_pool = std::move(pool);
    m_poolIsReadOnly = std::move(readOnly);
    if (isAnother) {
        m_ticks.clear();
    }
    m_ticks.keepOnly(*m_pool);
    m_tickTimer.start();
    Q_EMIT poolChanged();
    m_lists.compareWith(m_pool);
}

bool Workspace::isFillingPool() const
{
    const std::vector<TaskId> &order = m_queue.order();
    return std::any_of(order.begin(), order.end(), [this](TaskId id) { return changesOpenPool(id); });
}

void Workspace::addUpTicks()
{
    m_sum.drop();
    m_tickedBytes.reset();
    if (!m_pool || m_ticks.count() == 0) {
        m_tickedBytes = 0;
    } else {
        m_sum.ask(
            [index = m_pool, ticked = m_ticks.tags()] {
                return Selection::ofTags(*index, tagsIn(*index, ticked)).storedBytes;
            },
            [this](qint64 bytes) {
                m_tickedBytes = bytes;
                Q_EMIT tickedBytesChanged();
            });
    }
    Q_EMIT tickedBytesChanged();
}

TaskId Workspace::start(PreparedTask prepared, const QString &pool, TaskQueue::Source again)
{
    const TaskId id = m_queue.enqueue(std::move(prepared.task), std::move(again));
    m_tasks.insert(id, {prepared.verb, pool});
    return id;
}

TaskId Workspace::startLater(Verb verb, const QString &title, const QString &pool, TaskQueue::Source source)
{
    const TaskId id = m_queue.enqueue(title, std::move(source));
    m_tasks.insert(id, {verb, pool});
    return id;
}

bool Workspace::changesOpenPool(TaskId id) const
{
    return m_pool && changesPool(verbOf(id)) && m_pool->path() == m_tasks.value(id).pool;
}

// What a long task has done shows while it goes on. Reading a large pool takes little of the time.
void Workspace::onTaskReported(TaskId id, const TaskEvent &event)
{
    if (event.kind != TaskEvent::Kind::ImageDone || !changesOpenPool(id)) {
        return;
    }
    followSoon();
}

void Workspace::followSoon()
{
    if (m_isReadingPool) {
        m_isBehind = true;
    } else if (!m_followTimer.isActive()) {
        follow();
    }
}

void Workspace::follow()
{
    m_followTimer.start(std::max(kFollowAfter, kFollowShare * m_lastReading));
}

void Workspace::onTaskFinished(TaskId id)
{
    if (changesOpenPool(id)) {
        refreshPool();
    }
}

Subject Workspace::listSubject() const
{
    Subject subject;
    const ListDocument &shown = *list();
    subject.kind = Subject::Kind::List;
    subject.name = shown.isModified() ? shown.name() + QLatin1Char('*') : shown.name();
    subject.list = shown.list();
    subject.text =
        tr("The list %1 (%n image(s))", nullptr, int(subject.list->images().size())).arg(subject.name);
    subject.index = m_pool;
    return subject;
}

std::vector<Subject> Workspace::subjects() const
{
    std::vector<Subject> subjects;
    if (!m_pool) {
        return subjects;
    }
    const auto &index = m_pool;
    if (m_ticks.count() > 0) {
        subjects.push_back({Subject::Kind::Ticked, tr("%n image(s)", nullptr, m_ticks.count()),
                            tr("The %n ticked image(s)", nullptr, m_ticks.count()), index, nullptr,
                            m_ticks.tags()});
    }
    if (list()) {
        subjects.push_back(listSubject());
    }
    const bool isBundle = index->pool().contents() != nullptr;
    const auto images = static_cast<int>(index->totals().images);
    subjects.push_back({Subject::Kind::Pool,
                        isBundle ? tr("the whole bundle") : tr("the whole pool"),
                        isBundle ? tr("The whole bundle (%n image(s))", nullptr, images)
                                 : tr("The whole pool (%n image(s))", nullptr, images),
                        index,
                        nullptr,
                        {}});
    return subjects;
}

RegistryOptions Workspace::logins() const
{
    RegistryOptions options;
    options.session = m_session;
    options.keyring = m_keyring;
    return options;
}

} // namespace layerpool
