// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolWriter.h"
#include "pool/StagedBlob.h"
#include "task/ConvertReferrers.h"
#include "task/PlanParts.h"
#include "task/TransferCrew.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <utility>

namespace layerpool {
namespace {

constexpr std::size_t kMostWaitingBlobs = 64; // each holds a descriptor open
constexpr qint64 kCommitEveryMs = 500;

QString leftByAnEarlierRun(const ConvertPlan &plan)
{
    return Text::tr("Checking %1 that an earlier run left").arg(formatBytes(plan.keptBytes));
}

// One run of a plan: its workers fetch blobs, and publish each image soon after its last blob has come.
class ConvertRun
{
public:
    ConvertRun(const ConvertPlan &plan, const TaskContext &context, PoolWriter &writer, TaskResult &result)
        : m_plan(plan), m_context(context), m_writer(writer), m_missing(plan.images.size()), m_result(result)
    {
        for (const ConvertPlan::Blob &blob : plan.toFetch) {
            for (const std::size_t image : blob.images) {
                ++m_missing[image];
            }
        }
        m_clock.start();
    }

    void start()
    {
        for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
            const ConvertImage &image = m_plan.images[i];
            if (image.isThere) {
                ++m_result.imagesSkipped;
                m_settled.insert(image.line);
                countReferrers(image);
                ++m_context.progress.imagesDone;
                m_context.report({TaskEvent::Kind::ImageSkipped, image.line, {}});
            } else if (m_missing[i] == 0) {
                complete(i);
                commitIfDue();
            }
        }
    }

    void fetch(const ConvertPlan::Blob &blob, RegistryClient &client)
    {
        if (isStopped()) {
            return;
        }
        const Status fetched = fetchFromAny(blob, client);
        if (!fetched) {
            lose(blob, fetched.error());
            return;
        }
        for (const std::size_t image : blob.images) {
            if (--m_missing[image] == 0) {
                complete(image);
            }
        }
        commitIfDue();
    }

    void finish()
    {
        commit();
        if (m_context.cancel.isCancelled() && !m_result.stopped) {
            m_result.stopped = cancelledError();
        }
        m_result.referrers = std::accumulate(m_referrers.begin(), m_referrers.end(), qint64(0));
        m_result.bytesTransferred = m_transferred;
        m_result.bytesWritten = m_written;
        m_result.bytesReused = m_plan.reuseBytes + m_reused;
        for (const ConvertImage &image : m_plan.images) {
            if (!m_settled.contains(image.line)) {
                m_result.undone << image.line;
            }
        }
    }

private:
    Status fetchFromAny(const ConvertPlan::Blob &blob, RegistryClient &client)
    {
        const Descriptor &wanted = blob.descriptor;
        if (m_writer.pool().has(wanted)) {
            m_reused += std::max<qint64>(0, wanted.size); // another program has brought it meanwhile
            m_context.progress.bytesDone += std::max<qint64>(0, wanted.size);
            return {};
        }
        Result<std::unique_ptr<StagedBlob>> staged = stage(wanted);
        if (!staged) {
            return storageError(staged.error());
        }
        const qint64 wasThere = (*staged)->received();
        qint64 counted = 0;
        const RegistryClient::Moved moved = [&](qint64 bytes) {
            counted += bytes;
            m_context.progress.bytesDone += bytes;
        };
        Status status =
            blob.bytes.isEmpty() ? Status(noSource(wanted)) : takeFromPlan(blob.bytes, **staged, moved);
        const auto tryOne = [&](const auto &fetch) {
            if (!status && status.error().kind != ErrorKind::Cancelled && !isOfThePool(status.error())) {
                m_context.progress.bytesDone -= std::exchange(counted, 0);
                status = fetch();
            }
        };
        for (const RemoteRepository &source : blob.sources) {
            tryOne([&] { return client.fetchBlob(source, wanted, **staged, moved); });
        }
        for (const QString &address : wanted.isForeign() ? wanted.urls : QStringList()) {
            tryOne([&] { return client.fetchForeign(QUrl(address), wanted, **staged, moved); });
        }
        if (!status) {
            m_context.progress.bytesDone -= counted;
            return status;
        }
        m_written += (*staged)->received();
        m_transferred += (*staged)->received() - wasThere;
        m_writer.add(*std::move(staged));
        return {};
    }

    // The pool itself can't be written: no other source and no other image will fare better.
    static bool isOfThePool(const Error &error)
    {
        return error.kind == ErrorKind::Storage || error.kind == ErrorKind::NoSpace;
    }

    static Error noSource(const Descriptor &blob)
    {
        return {
            ErrorKind::NotFound, Text::tr("The blob %1 has no source").arg(blob.digest.toString()), {}, {}};
    }

    static Status takeFromPlan(const QByteArray &bytes, StagedBlob &staged,
                               const RegistryClient::Moved &moved)
    {
        if (Status restarted = staged.restart(); !restarted) {
            return restarted;
        }
        if (Status written = staged.append(bytes); !written) {
            return written;
        }
        moved(bytes.size());
        return staged.finish();
    }

    // What an earlier run left is hashed before it is gone on with: a gigabyte takes a second, and is told.
    Result<std::unique_ptr<StagedBlob>> stage(const Descriptor &blob)
    {
        const QByteArray name = StagedBlob::nameOf(blob.digest);
        const bool isBegun = m_writer.pool().files().fileSize(name).value_or(0) > 0;
        tellChecking(isBegun ? 1 : 0);
        Result<std::unique_ptr<StagedBlob>> staged = m_writer.stage(blob.digest, blob.size, m_context.cancel);
        tellChecking(isBegun ? -1 : 0);
        return staged;
    }

    void tellChecking(int change)
    {
        const std::lock_guard lock(m_mutex);
        const int before = std::exchange(m_checking, m_checking + change);
        if (before == 0 && change > 0) {
            m_context.progress.setPhase(leftByAnEarlierRun(m_plan));
        } else if (change < 0 && m_checking == 0) {
            m_context.progress.setPhase(Text::tr("Fetching"));
        }
    }

    void lose(const ConvertPlan::Blob &blob, const Error &error)
    {
        if (error.kind == ErrorKind::Cancelled) {
            return;
        }
        if (isOfThePool(error)) {
            stop(error);
            return;
        }
        for (const std::size_t image : blob.images) {
            // Far below zero for good: an image fails once, with the first of its blobs.
            const int before = m_missing[image].fetch_sub(kFailed);
            if (before > 0) {
                fail(m_plan.images[image].line, error);
            }
        }
    }

    void complete(std::size_t index)
    {
        const ConvertImage &image = m_plan.images[index];
        std::vector<ImageLinks> links;
        for (const TaggedManifests &referrers : image.referrers) {
            if (!publishes(referrers, image.repository, links)) {
                return;
            }
        }
        if (!publishes(image, image.repository, links)) {
            return;
        }
        if (image.seenIndex) {
            m_writer.rememberIndex(*image.seenIndex);
        }
        const std::lock_guard lock(m_mutex);
        m_ready.insert(m_ready.end(), links.begin(), links.end());
        m_readyLines << image.line;
        countReferrers(image);
    }

    bool publishes(const TaggedManifests &tagged, const RepositoryName &repository,
                   std::vector<ImageLinks> &links)
    {
        for (const Manifest &manifest : tagged.manifests) {
            if (const Status added = m_writer.addManifest(manifest); !added) {
                stop(added.error());
                return false;
            }
        }
        links.push_back(tagged.links(repository));
        return true;
    }

    // Two tags of one image have the same ones.
    void countReferrers(const ConvertImage &image)
    {
        for (const TaggedManifests &referrers : image.referrers) {
            m_referrers.insert(image.repository.toString() + QLatin1Char(':') + referrers.tag,
                               referrersIn(referrers));
        }
    }

    // Only one worker publishes at a time, and the others go on fetching; unless so much waits that they
    // would run out of descriptors.
    void commitIfDue()
    {
        if (m_writer.waiting() >= kMostWaitingBlobs) {
            const std::lock_guard onlyOne(m_commitMutex);
            if (m_writer.waiting() >= kMostWaitingBlobs) {
                commit();
            }
        } else if (m_clock.elapsed() - m_lastCommit >= kCommitEveryMs && m_commitMutex.try_lock()) {
            const std::lock_guard onlyOne(m_commitMutex, std::adopt_lock);
            commit();
        }
    }

    void commit()
    {
        if (isStopped()) {
            return;
        }
        std::vector<ImageLinks> ready;
        QStringList lines;
        {
            const std::lock_guard lock(m_mutex);
            ready.swap(m_ready);
            lines.swap(m_readyLines);
        }
        if (const Status committed = m_writer.commit(ready); !committed) {
            stop(committed.error());
            return;
        }
        m_lastCommit = m_clock.elapsed();
        const std::lock_guard lock(m_mutex);
        for (const QString &line : lines) {
            ++m_result.imagesDone;
            ++m_context.progress.imagesDone;
            m_settled.insert(line);
            m_context.report({TaskEvent::Kind::ImageDone, line, {}});
        }
    }

    void fail(const QString &line, const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_result.failures.push_back({line, error});
        m_settled.insert(line);
        ++m_context.progress.imagesDone;
        m_context.report({TaskEvent::Kind::ImageFailed, line, error});
    }

    void stop(const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_result.stopped) {
            m_result.stopped = error;
        }
        m_context.cancel.cancel(); // what still comes is of no use
    }

    bool isStopped()
    {
        const std::lock_guard lock(m_mutex);
        return m_result.stopped.has_value();
    }

    static constexpr int kFailed = 1'000'000;

    const ConvertPlan &m_plan;
    const TaskContext &m_context;
    PoolWriter &m_writer;
    std::vector<std::atomic<int>> m_missing; ///< blobs that each image waits for
    std::atomic<qint64> m_transferred = 0;
    std::atomic<qint64> m_written = 0;
    std::atomic<qint64> m_reused = 0;

    std::mutex m_mutex; ///< guards the six below
    int m_checking = 0; ///< workers that hash what an earlier run left
    std::vector<ImageLinks> m_ready;
    QStringList m_readyLines;
    TaskResult &m_result;
    QSet<QString> m_settled;            ///< lines that are done, skipped or failed
    QHash<QString, qint64> m_referrers; ///< of images that are there, by tag

    std::mutex m_commitMutex;
    QElapsedTimer m_clock;
    std::atomic<qint64> m_lastCommit = 0; ///< on m_clock
};

Status fetchAll(const ConvertPlan &plan, const TaskContext &context, TaskResult &result)
{
    const Result<Pool> pool = Pool::openOrCreate(plan.request.poolPath);
    if (!pool) {
        return pool.error();
    }
    const Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*pool);
    if (!writer) {
        return writer.error();
    }
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(plan.request.registry);
    if (!access) {
        return access.error();
    }
    ConvertRun run(plan, context, **writer, result);
    run.start();
    TransferCrew crew(**access, context);
    crew.forEach(plan.toFetch.size(),
                 [&](std::size_t i, RegistryClient &client) { run.fetch(plan.toFetch[i], client); });
    run.finish();
    return {};
}

} // namespace

ConvertTask::ConvertTask(ConvertPlan plan) : m_plan(std::move(plan)) {}

QString ConvertTask::title() const
{
    return Text::tr("Convert %1").arg(m_plan.request.listName);
}

TaskResult ConvertTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    TaskResult result;
    context.progress.setPhase(Text::tr("Fetching"));
    context.progress.imagesDone = 0;
    context.progress.imagesTotal = static_cast<qint64>(m_plan.images.size() + m_plan.failures.size());
    context.progress.bytesTotal = m_plan.fetchBytes;

    reportFailures(m_plan.failures, context, result);
    if (m_plan.keptBytes > 0) {
        context.report({TaskEvent::Kind::Notice, leftByAnEarlierRun(m_plan), {}});
    }
    if (!m_plan.images.empty()) { // else no pool is made for nothing
        if (const Status fetched = fetchAll(m_plan, context, result); !fetched) {
            result.stopped = fetched.error();
        }
    }
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << Text::tr("%1 fetched, %2 were there already")
                          .arg(formatBytes(result.bytesTransferred), formatBytes(result.bytesReused));
    noteReferrers(result.referrers, result);
    return result;
}

} // namespace layerpool
