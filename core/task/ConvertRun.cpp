// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertRun.h"

#include "base/Text.h"
#include "task/ReferrerResolver.h"

#include <algorithm>
#include <numeric>

namespace layerpool {
namespace {

constexpr size_t kMostWaitingBlobs = 64; // each holds a descriptor open
constexpr qint64 kCommitEveryMs = 500;
constexpr int kFailed = 1'000'000; // needs that are never met

Error wrongSize(const Digest &digest, qint64 declared, qint64 size)
{
    return {ErrorKind::Corrupt, Text::tr("Its manifest is wrong about the blob %1").arg(digest.toString()),
            Text::tr("it declares %1 bytes, and there are %2").arg(declared).arg(size),
            Text::tr("Ask whoever made the image")};
}

// One that may have no end: the others go on.
bool hasGivenBackItsRoom(const ConvertPlan::Blob &blob, const Error &error)
{
    return error.kind == ErrorKind::NoSpace && !blob.descriptor.hasSize();
}

} // namespace

ConvertRun::ConvertRun(const ConvertPlan &plan, const TaskContext &context, PoolWriter &writer,
                       TaskWork &work, TaskResult &result)
    : m_plan(plan)
    , m_context(context)
    , m_writer(writer)
    , m_work(work)
    , m_fetcher(plan, context, writer)
    , m_missing(plan.images.size())
    , m_result(result)
{
    for (const ConvertPlan::Blob &blob : plan.toFetch) {
        for (const ConvertPlan::Need &need : blob.needs) {
            ++m_missing[need.image];
        }
    }
    m_clock.start();
}

void ConvertRun::start()
{
    for (std::size_t i = 0; i < m_plan.images.size(); ++i) {
        const ConvertImage &image = m_plan.images[i];
        if (image.isThere) {
            ++m_result.imagesSkipped;
            m_settled.insert(image.line);
            countReferrers(image, image.referrers);
            ++m_context.progress.imagesDone;
            m_context.report({TaskEvent::Kind::ImageSkipped, image.line, {}});
        } else if (m_missing[i] == 0) {
            complete(i);
            commitIfDue();
        }
    }
}

void ConvertRun::fetch(std::size_t index, RegistryClient &client)
{
    if (isStopped()) {
        return;
    }
    const ConvertPlan::Blob &blob = m_plan.toFetch[index];
    if (!isWanted(blob)) {
        return;
    }
    m_work.setPart(index, TaskWork::State::Working);
    const Result<qint64> size = m_fetcher.fetch(blob, client, [&](qint64 bytes) {
        m_work.add(index, bytes);
        if (m_hasReady) { // an image that is whole waits for no other's large layer
            commitIfDue();
        }
    });
    if (!size && size.error().kind == ErrorKind::Cancelled) {
        m_work.setPart(index, TaskWork::State::Waiting);
        return;
    }
    m_work.setPart(index, size ? TaskWork::State::Done : TaskWork::State::Failed);
    if (!size && isOfThePool(size.error()) && !hasGivenBackItsRoom(blob, size.error())) {
        stop(size.error());
        return;
    }
    for (const ConvertPlan::Need &need : blob.needs) {
        if (m_plan.images[need.image].isThere) {
            continue;
        }
        if (!size) {
            refuse(blob, need, {{}, size.error()});
        } else if (need.size != Descriptor::unknownSize && need.size != *size) {
            refuse(blob, need, {*size, wrongSize(blob.descriptor.digest, need.size, *size)});
        } else {
            settle(need);
        }
    }
    commitIfDue();
}

// What only images need that have failed already would come for nothing.
bool ConvertRun::isWanted(const ConvertPlan::Blob &blob) const
{
    return std::any_of(blob.needs.begin(), blob.needs.end(), [this](const ConvertPlan::Need &need) {
        return !m_plan.images[need.image].isThere && m_missing[need.image] > 0;
    });
}

void ConvertRun::finish()
{
    commit();
    if (m_context.cancel.isCancelled() && !m_result.stopped) {
        m_result.stopped = cancelledError();
    }
    m_result.referrers = std::accumulate(m_referrers.begin(), m_referrers.end(), qint64(0));
    m_result.bytesTransferred = m_fetcher.transferred();
    m_result.bytesWritten = m_fetcher.transferred();
    for (const auto &[digest, bytes] : m_manifests) {
        m_result.bytesWritten += bytes;
    }
    m_result.bytesReused = m_plan.reuseBytes + m_fetcher.reused();
    m_result.bytesKept = m_fetcher.kept();
    for (const ConvertImage &image : m_plan.images) {
        if (!m_settled.contains(image.line)) {
            m_result.undone << image.line;
        }
    }
}

void ConvertRun::settle(const ConvertPlan::Need &need)
{
    if (--m_missing[need.image] == 0) {
        complete(need.image);
    }
}

// What is wrong with a referrer's blob leaves the referrer out; all else fails the image, and once, with the
// first of its blobs.
void ConvertRun::refuse(const ConvertPlan::Blob &blob, const ConvertPlan::Need &need,
                        const MissingBlob &missing)
{
    if (need.isForReferrer && concernsReferrerAlone(missing.error)) {
        {
            const std::lock_guard lock(m_mutex);
            m_wrong.insert_or_assign(blob.descriptor.digest, missing);
        }
        settle(need);
        return;
    }
    const int before = m_missing[need.image].fetch_sub(kFailed);
    if (before > 0) {
        fail(m_plan.images[need.image].line, missing.error);
    }
}

void ConvertRun::complete(std::size_t index)
{
    const ConvertImage &image = m_plan.images[index];
    const std::vector<TaggedManifests> referrers = referrersOf(image);
    std::vector<ImageLinks> links;
    for (const TaggedManifests &tagged : referrers) {
        if (!publishes(tagged, image.repository, links)) {
            return;
        }
    }
    if (!publishes(image, image.repository, links)) {
        return;
    }
    for (const Manifest &seen : image.seenIndexes) {
        m_writer.rememberIndex(seen);
    }
    const std::lock_guard lock(m_mutex);
    m_ready.insert(m_ready.end(), links.begin(), links.end());
    m_readyLines << image.line;
    m_hasReady = true;
    countReferrers(image, referrers);
}

// Those that could be had.
std::vector<TaggedManifests> ConvertRun::referrersOf(const ConvertImage &image)
{
    const MissingBlobs wrong = [this] {
        const std::lock_guard lock(m_mutex);
        return m_wrong;
    }();
    std::vector<TaggedManifests> there;
    QStringList notes;
    for (const TaggedManifests &tagged : image.referrers) {
        if (std::optional<TaggedManifests> left = withoutMissing(tagged, wrong, image.source, notes)) {
            there.push_back(*std::move(left));
        }
    }
    const std::lock_guard lock(m_mutex);
    for (const QString &note : notes) {
        if (!m_result.notes.contains(note)) { // two tags of one image have the same ones
            m_result.notes << note;
        }
    }
    return there;
}

bool ConvertRun::publishes(const TaggedManifests &tagged, const RepositoryName &repository,
                           std::vector<ImageLinks> &links)
{
    for (const Manifest &manifest : tagged.manifests) {
        const Result<qint64> added = m_writer.addManifest(manifest);
        if (!added) {
            stop(added.error());
            return false;
        }
        const std::lock_guard lock(m_mutex);
        m_manifests.emplace(manifest.digest(), *added); // several tags may wait for the same commit
    }
    links.push_back(tagged.links(repository));
    return true;
}

// Two tags of one image have the same ones.
void ConvertRun::countReferrers(const ConvertImage &image, const std::vector<TaggedManifests> &referrers)
{
    for (const TaggedManifests &tagged : referrers) {
        m_referrers.insert(image.repository.toString() + QLatin1Char(':') + tagged.tag, referrersIn(tagged));
    }
}

// Only one worker publishes at a time, and the others go on fetching; unless so much waits that they
// would run out of descriptors.
void ConvertRun::commitIfDue()
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

void ConvertRun::commit()
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
        m_hasReady = false;
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

void ConvertRun::fail(const QString &line, const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_result.failures.push_back({line, error});
    m_settled.insert(line);
    ++m_context.progress.imagesDone;
    m_context.report({TaskEvent::Kind::ImageFailed, line, error});
}

void ConvertRun::stop(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    if (!m_result.stopped) {
        m_result.stopped = error;
    }
    m_context.cancel.cancel(); // what still comes is of no use
}

bool ConvertRun::isStopped()
{
    const std::lock_guard lock(m_mutex);
    return m_result.stopped.has_value();
}

} // namespace layerpool
