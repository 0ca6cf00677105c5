// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolHints.h"
#include "pool/PoolLayout.h"
#include "pool/PoolLock.h"
#include "task/PlanParts.h"
#include "task/PushManifests.h"
#include "task/PushPlan.h"
#include "task/PushReferrers.h"
#include "task/TransferCrew.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <utility>

namespace layerpool {
namespace {

// One run of a plan: blobs in parallel; whoever brings an image's last blob puts its manifests, the tag last.
class PushRun
{
public:
    PushRun(const PushPlan &plan, const TaskContext &context, TaskWork &work)
        : m_plan(plan), m_context(context), m_work(work), m_missing(plan.images.size())
    {
        for (const PushPlan::Blob &blob : plan.blobs) {
            for (const std::size_t image : blob.images) {
                ++m_missing[image];
            }
        }
    }

    TaskResult run(TransferCrew &crew)
    {
        reportAbsent(m_plan.request.selection, m_context, m_result);
        reportFailures(m_plan.failures, m_context, m_result);
        std::vector<std::size_t> ready = skipAndCollectReady();
        crew.forEach(m_plan.blobs.size(),
                     [this](std::size_t i, RegistryClient &client) { bring(i, client); });
        crew.forEach(ready.size(),
                     [&](std::size_t i, RegistryClient &client) { finish(m_plan.images[ready[i]], client); });
        if (m_context.cancel.isCancelled()) {
            m_result.stopped = cancelledError();
            m_result.undone = undoneLines(m_plan.request.selection, m_settled);
        }
        m_result.bytesTransferred = m_sent;
        m_result.bytesReused = m_plan.reuseBytes + m_mounted;
        addSummary();
        addSettings();
        return std::move(m_result);
    }

private:
    void addSummary()
    {
        QStringList moved;
        if (m_sent > 0) {
            moved << Text::tr("%1 sent").arg(formatBytes(m_sent));
        }
        if (m_mounted > 0) {
            moved << Text::tr("%1 shared at the target").arg(formatBytes(m_mounted));
        }
        if (moved.isEmpty()) {
            moved << Text::tr("Nothing was sent");
        }
        if (m_plan.reuseBytes > 0) {
            moved << Text::tr("%1 there already").arg(formatBytes(m_plan.reuseBytes));
        }
        m_result.summary << moved.join(QStringLiteral(", "));
        noteReferrers(m_result.referrers, m_result);
        if (m_joined > 0) {
            m_result.summary << Text::tr("Ours added to %n list(s) of referrers there", nullptr, m_joined);
        }
        m_result.notes += leftOutNotes(m_plan.images);
        m_result.notes += apartNotes(m_plan.images, m_plan.request.movedTags);
    }

    std::vector<std::size_t> skipAndCollectReady()
    {
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
            const PushImage &image = m_plan.images[i];
            if (!image.goes()) {
                settle(image, image.fate);
            } else if (m_missing[i] == 0) {
                ready.push_back(i);
            }
        }
        return ready;
    }

    RemoteRepository at(const RepositoryName &name) const { return {m_plan.request.target.host, name}; }

    void bring(std::size_t index, RegistryClient &client)
    {
        const PushPlan::Blob &blob = m_plan.blobs[index];
        std::vector<RepositoryName> there = blob.there;
        TaskWork::State state = TaskWork::State::Done;
        m_work.setPart(index, TaskWork::State::Working);
        for (const RepositoryName &name : blob.missing) {
            if (!isWanted(blob, name)) {
                continue;
            }
            if (const Status given = give(index, name, there, client); !given) {
                lose(blob, name, given.error());
                state = given.error().kind == ErrorKind::Cancelled ? TaskWork::State::Waiting
                                                                   : TaskWork::State::Failed;
            } else {
                there.push_back(name);
            }
        }
        m_work.setPart(index, state);
        for (const std::size_t image : blob.images) {
            if (--m_missing[image] == 0) {
                finish(m_plan.images[image], client);
            }
        }
    }

    // What only images need that have failed already would go for nothing.
    bool isWanted(const PushPlan::Blob &blob, const RepositoryName &name) const
    {
        return std::any_of(blob.images.begin(), blob.images.end(), [&](std::size_t image) {
            return m_plan.images[image].repository == name && m_missing[image] > 0;
        });
    }

    Status give(std::size_t index, const RepositoryName &name, const std::vector<RepositoryName> &there,
                RegistryClient &client)
    {
        const Descriptor &blob = m_plan.blobs[index].descriptor;
        const Pool &pool = m_plan.request.index->pool();
        const Result<std::unique_ptr<QIODevice>> body = pool.openBlob(blob.digest);
        if (!body || (*body)->size() != blob.size) {
            return Error{ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(blob.digest.toString()),
                         Text::tr("it is missing, or has not the declared %1 bytes").arg(blob.size),
                         hintWhereDamaged(pool)};
        }
        const bool isPlanned = there.empty() && !m_plan.blobs[index].other;
        bool isCounted = isPlanned;
        const auto moved = [this, index, size = blob.size, &isCounted](qint64 bytes) {
            if (!std::exchange(isCounted, true)) { // the target did not share it
                m_context.progress.bytesTotal += size;
            }
            m_context.progress.bytesDone += bytes;
            m_work.add(index, bytes);
        };
        const Result<RegistryClient::Uploaded> uploaded =
            client.uploadBlob(at(name), blob, mountSource(m_plan.blobs[index], name, there), **body, moved);
        if (!uploaded) {
            Error error = uploaded.error();
            if (error.kind == ErrorKind::Storage) { // only here it is known which file that was
                error.what = Text::tr("Cannot read %1").arg(pool.blobPath(blob.digest));
            }
            return error;
        }
        const bool isSent = *uploaded == RegistryClient::Uploaded::Sent;
        (isSent ? m_sent : m_mounted) += blob.size;
        if (isPlanned && !isSent) {
            m_context.progress.bytesTotal -= blob.size;
        }
        return {};
    }

    /// Where the target has it, or may have it: then it need not be sent.
    std::optional<RepositoryName> mountSource(const PushPlan::Blob &blob, const RepositoryName &name,
                                              const std::vector<RepositoryName> &there) const
    {
        if (!there.empty()) {
            return there.front();
        }
        if (blob.other) {
            return blob.other;
        }
        // Where it shall be it may be, too, if nobody has asked; to mount it from there costs nothing.
        return m_plan.unasked.contains(name) ? std::optional(name) : std::nullopt;
    }

    void lose(const PushPlan::Blob &blob, const RepositoryName &name, const Error &error)
    {
        for (const std::size_t image : blob.images) {
            // Far below zero for good: an image fails once, with the first of its blobs.
            if (m_plan.images[image].repository == name && m_missing[image].fetch_sub(kFailed) > 0 &&
                error.kind != ErrorKind::Cancelled) {
                fail(m_plan.images[image].image.line, error);
            }
        }
    }

    void finish(const PushImage &image, RegistryClient &client)
    {
        const Result<PutManifests> put =
            putManifests(image, m_plan.request.index->pool(), at(image.repository), client);
        if (!put) {
            if (put.error().kind != ErrorKind::Cancelled) {
                fail(image.image.line, put.error());
            }
            return;
        }
        m_sent += put->bytes;
        m_joined += put->hasJoined ? 1 : 0;
        settle(image, put->isKept() ? PushFate::IsKept : PushFate::Goes);
        if (put->isKept()) {
            note(put->keptNote);
        } else {
            noteNewDigest(image);
        }
    }

    void settle(const PushImage &image, PushFate fate)
    {
        const std::lock_guard lock(m_mutex);
        ++m_context.progress.imagesDone;
        const bool isDone = fate == PushFate::Goes;
        if (image.isKept() && m_plan.request.movedTags == MovedTags::Keep) {
            m_result.notes += keptNotes(image);
        }
        if (image.isReferrer()) { // it goes with its image
            m_result.referrers += isDone || fate == PushFate::IsThere ? image.referrers : 0;
            return;
        }
        ++(isDone ? m_result.imagesDone : m_result.imagesSkipped);
        m_result.imagesKept += fate == PushFate::IsKept ? 1 : 0;
        m_settled.insert(image.image.line);
        if (fate != PushFate::IsKept) {
            m_there.insert(image.image.line);
        }
        m_context.report(
            {isDone ? TaskEvent::Kind::ImageDone : TaskEvent::Kind::ImageSkipped, image.image.line, {}});
    }

    void noteNewDigest(const PushImage &image)
    {
        if (!image.rewritten.empty()) {
            note(Text::tr("%1 is the new index %2, made of %3 without %4")
                     .arg(image.nameOf(image.tags.front()), image.tags.front().digest.toString(),
                          image.image.tag.digest.toString(), image.absentPlatforms()));
        }
    }

    void note(const QString &sentence)
    {
        const std::lock_guard lock(m_mutex);
        m_result.notes << sentence;
    }

    // Of all that is there now, by whomever: where nothing is, no name resolves.
    void addSettings()
    {
        const RegistryAddress &target = m_plan.request.target;
        const HttpOptions &http = m_plan.request.registry.http;
        MirrorSettings settings(
            {target, m_plan.isPlainHttp, namesHost(http.insecureHosts, target.host), !http.caFile.isEmpty()});
        for (const PushImage &image : m_plan.images) {
            const QString &line = image.image.line;
            if (!m_there.contains(line) || m_lost.contains(line)) {
                continue;
            }
            if (m_plan.request.selection.isOfList) {
                settings.addLine(line, image.image.tag.repository);
            } else {
                settings.addName(image.image.tag.repository);
            }
        }
        m_result.settings = settings.files();
    }

    void fail(const QString &line, const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_result.failures.push_back({line, error});
        m_settled.insert(line);
        m_lost.insert(line);
        ++m_context.progress.imagesDone;
        m_context.report({TaskEvent::Kind::ImageFailed, line, error});
    }

    static constexpr int kFailed = 1'000'000;

    const PushPlan &m_plan;
    const TaskContext &m_context;
    TaskWork &m_work;                        ///< has the plan's blobs as its parts
    std::vector<std::atomic<int>> m_missing; ///< blobs that each image waits for
    std::atomic<qint64> m_sent = 0;
    std::atomic<qint64> m_mounted = 0;
    std::atomic<int> m_joined = 0; ///< referrers' tags that hold what the target had, and ours

    std::mutex m_mutex; ///< guards what is below
    TaskResult m_result;
    QSet<QString> m_settled; ///< lines that are done, skipped or failed
    QSet<QString> m_there;   ///< those whose image the target has now
    QSet<QString> m_lost;    ///< those that failed
};

// Each blob that is lacking there is a part, in the plan's order. A referrer goes with its image.
std::shared_ptr<TaskWork> workOf(const PushPlan &plan)
{
    QStringList lines;
    std::vector<std::optional<std::uint32_t>> places;
    for (const PushImage &image : plan.images) {
        places.push_back(image.isReferrer() ? std::nullopt
                                            : std::optional(static_cast<std::uint32_t>(lines.size())));
        if (!image.isReferrer()) {
            lines << image.image.line;
        }
    }
    for (const ImageFailure &failure : plan.failures) {
        lines << failure.image;
    }
    for (const Selection::Absent &absent : plan.request.selection.absent) {
        lines << absent.line;
    }
    std::vector<TaskWork::Part> parts;
    for (const PushPlan::Blob &blob : plan.blobs) {
        TaskWork::Part part{blob.descriptor.digest, blob.descriptor.size, {}};
        for (const std::size_t image : blob.images) {
            if (places[image]) {
                part.images.push_back(*places[image]);
            }
        }
        parts.push_back(std::move(part));
    }
    return std::make_shared<TaskWork>(std::move(lines), parts);
}

} // namespace

PushTask::PushTask(PushPlan plan) : m_plan(std::move(plan)) {}

QString PushTask::title() const
{
    return Text::tr("Push %1 to %2").arg(m_plan.request.name, m_plan.request.target.toString());
}

TaskResult PushTask::run(const TaskContext &context)
{
    QElapsedTimer timer;
    timer.start();
    context.progress.setPhase(Text::tr("Pushing"));
    context.progress.imagesDone = 0;
    context.progress.imagesTotal = static_cast<qint64>(m_plan.images.size() + m_plan.failures.size() +
                                                       m_plan.request.selection.absent.size());
    context.progress.bytesTotal = m_plan.uploadBytes;
    const std::shared_ptr<TaskWork> work = workOf(m_plan);
    context.progress.setWork(work);

    TaskResult result;
    const Result<PoolLock> lock = PoolLock::shareForReading(m_plan.request.index->pool());
    const Result<std::unique_ptr<RegistryAccess>> access =
        RegistryAccess::createForTask(m_plan.request.registry);
    if (!lock || !access) {
        reportFailures(m_plan.failures, context, result);
        reportAbsent(m_plan.request.selection, context, result);
        QSet<QString> failed;
        for (const ImageFailure &failure : m_plan.failures) {
            failed.insert(failure.image);
        }
        result.stopped = lock ? access.error() : lock.error();
        result.undone = undoneLines(m_plan.request.selection, failed);
        return result;
    }
    TransferCrew crew(**access, context);
    result = PushRun(m_plan, context, *work).run(crew);
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    noteKept(result);
    return result;
}

} // namespace layerpool
