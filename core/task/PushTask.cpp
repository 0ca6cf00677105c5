// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolLayout.h"
#include "pool/PoolLock.h"
#include "task/PlanParts.h"
#include "task/PushPlan.h"
#include "task/TransferCrew.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>

#include <atomic>
#include <mutex>

namespace layerpool {
namespace {

// One run of a plan: blobs in parallel; whoever brings an image's last blob puts its manifests, the tag last.
class PushRun
{
public:
    PushRun(const PushPlan &plan, const TaskContext &context)
        : m_plan(plan), m_context(context), m_missing(plan.images.size())
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
                     [this](std::size_t i, RegistryClient &client) { bring(m_plan.blobs[i], client); });
        crew.forEach(ready.size(),
                     [&](std::size_t i, RegistryClient &client) { putManifests(ready[i], client); });
        if (m_context.cancel.isCancelled()) {
            m_result.stopped = cancelledError();
            m_result.undone = undoneLines(m_plan.request.selection, m_settled);
        }
        m_result.bytesTransferred = m_sent;
        m_result.bytesReused = m_plan.reuseBytes + m_mounted;
        addSettings();
        return std::move(m_result);
    }

private:
    std::vector<std::size_t> skipAndCollectReady()
    {
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
            const PushImage &image = m_plan.images[i];
            if (image.isThere || image.isKept) {
                settle(image, TaskEvent::Kind::ImageSkipped, m_result.imagesSkipped);
            } else if (m_missing[i] == 0) {
                ready.push_back(i);
            }
        }
        return ready;
    }

    RemoteRepository at(const RepositoryName &name) const { return {m_plan.request.target.host, name}; }

    void bring(const PushPlan::Blob &blob, RegistryClient &client)
    {
        std::vector<RepositoryName> there = blob.there;
        for (const RepositoryName &name : blob.missing) {
            if (const Status given = give(blob.descriptor, name, there, client); !given) {
                lose(blob, name, given.error());
            } else {
                there.push_back(name);
            }
        }
        for (const std::size_t image : blob.images) {
            if (--m_missing[image] == 0) {
                putManifests(image, client);
            }
        }
    }

    Status give(const Descriptor &blob, const RepositoryName &name, const std::vector<RepositoryName> &there,
                RegistryClient &client)
    {
        const Pool &pool = m_plan.request.index->pool();
        const QByteArray path = layout::blob(blob.digest);
        Result<UniqueFd> fd = pool.files().openFile(path);
        QFile body;
        if (!fd || !body.open(fd->release(), QIODevice::ReadOnly, QFileDevice::AutoCloseHandle) ||
            body.size() != blob.size) {
            return Error{ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(blob.digest.toString()),
                         Text::tr("it is missing, or has not the declared %1 bytes").arg(blob.size),
                         Text::tr("Run verify, and convert its images again")};
        }
        // Where it was not asked for, it may be there after all: it is "mounted" from where it shall be.
        const std::optional<RepositoryName> from = !there.empty() ? std::optional(there.front())
                                                   : m_plan.unasked.contains(name) ? std::optional(name)
                                                                                   : std::nullopt;
        const Result<RegistryClient::Uploaded> uploaded = client.uploadBlob(
            at(name), blob, from, body, [this](qint64 bytes) { m_context.progress.bytesDone += bytes; });
        if (!uploaded) {
            return uploaded.error();
        }
        (*uploaded == RegistryClient::Uploaded::Sent ? m_sent : m_mounted) += blob.size;
        return {};
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

    void putManifests(std::size_t index, RegistryClient &client)
    {
        const PushImage &image = m_plan.images[index];
        for (const Digest &digest : image.image.closure.manifests) {
            if (const Status put = putManifest(image, digest, client); !put) {
                if (put.error().kind != ErrorKind::Cancelled) {
                    fail(image.image.line, put.error());
                }
                return;
            }
        }
        settle(image, TaskEvent::Kind::ImageDone, m_result.imagesDone);
        noteNewDigest(image);
    }

    void settle(const PushImage &image, TaskEvent::Kind kind, qint64 &count)
    {
        const std::lock_guard lock(m_mutex);
        ++m_context.progress.imagesDone;
        if (!image.image.isReferrer) { // it goes with its image
            ++count;
            m_settled.insert(image.image.line);
            m_context.report({kind, image.image.line, {}});
        }
    }

    // By its tags where it has any; a child of an index by its digest.
    Status putManifest(const PushImage &image, const Digest &digest, RegistryClient &client)
    {
        const Result<Manifest> manifest = image.manifest(m_plan.request.index->pool(), digest);
        if (!manifest) {
            return manifest.error();
        }
        QStringList references;
        for (const PushTag &tag : image.tags) {
            if (tag.digest == digest) {
                references << tag.tag;
            }
        }
        for (const QString &reference : references.isEmpty() ? QStringList{digest.toString()} : references) {
            Status put = client.putManifest(at(image.repository), reference, *manifest);
            if (!put) {
                const bool isForSparse =
                    manifest->isIndex() && image.isSparse() && image.rewritten.empty() &&
                    (put.error().kind == ErrorKind::NotFound || put.error().kind == ErrorKind::Unsupported);
                return isForSparse ? refusedSparse(image, put.error()) : put;
            }
            m_sent += manifest->size();
        }
        return {};
    }

    Status refusedSparse(const PushImage &image, const Error &error) const
    {
        return Error{
            ErrorKind::Unsupported,
            Text::tr("%1 does not take the sparse index of %2")
                .arg(m_plan.request.target.host, image.image.line),
            Text::tr("the pool holds it without %1 (%2)").arg(image.absentPlatforms(), error.why),
            Text::tr("Push a new index of the platforms there are (--sparse rewrite), or each under a "
                     "tag of its own (--sparse children)")};
    }

    void noteNewDigest(const PushImage &image)
    {
        if (!image.rewritten.empty()) {
            const std::lock_guard lock(m_mutex);
            m_result.notes << Text::tr("%1 is the new index %2, made of %3 without %4")
                                  .arg(image.nameOf(image.tags.front()), image.tags.front().digest.toString(),
                                       image.image.tag.digest.toString(), image.absentPlatforms());
        }
    }

    // Of all that is there now, by whomever.
    void addSettings()
    {
        const RegistryAddress &target = m_plan.request.target;
        const HttpOptions &http = m_plan.request.registry.http;
        MirrorSettings settings(
            {target, m_plan.isPlainHttp, namesHost(http.insecureHosts, target.host), !http.caFile.isEmpty()});
        for (const PushImage &image : m_plan.images) {
            const QString &line = image.image.line;
            if (!m_settled.contains(line) || m_lost.contains(line)) {
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
    std::vector<std::atomic<int>> m_missing; ///< blobs that each image waits for
    std::atomic<qint64> m_sent = 0;
    std::atomic<qint64> m_mounted = 0;

    std::mutex m_mutex; ///< guards the three below
    TaskResult m_result;
    QSet<QString> m_settled; ///< lines that are done, skipped or failed
    QSet<QString> m_lost;    ///< those that failed
};

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

    TaskResult result;
    const Result<PoolLock> lock = PoolLock::shareForReading(m_plan.request.index->pool());
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(m_plan.request.registry);
    if (!lock || !access) {
        result.stopped = lock ? access.error() : lock.error();
        return result;
    }
    TransferCrew crew(**access, context);
    result = PushRun(m_plan, context).run(crew);
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.summary << Text::tr("%1 sent, %2 shared or there already")
                          .arg(formatBytes(result.bytesTransferred), formatBytes(result.bytesReused));
    noteReferrers(m_plan.request.selection.referrers, result);
    return result;
}

} // namespace layerpool
