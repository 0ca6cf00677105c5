// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/BlobFetcher.h"
#include "task/ConvertReferrers.h"

#include <QElapsedTimer>
#include <QHash>

#include <map>

namespace layerpool {

/// One run of a plan: its workers fetch blobs, and publish each image soon after its last blob has come.
class ConvertRun
{
public:
    /// All must outlive it. `work` has the plan's blobs as its parts; `result` is filled in as images settle,
    /// and by `finish`.
    ConvertRun(const ConvertPlan &plan, const TaskContext &context, PoolWriter &writer, TaskWork &work,
               TaskResult &result);

    /// Settles the images that need no blob. Before any `fetch`.
    void start();
    /// Any worker, once for each of the plan's blobs.
    void fetch(std::size_t index, RegistryClient &client);
    /// After all of them.
    void finish();

private:
    void settle(const ConvertPlan::Need &need);
    void refuse(const ConvertPlan::Blob &blob, const ConvertPlan::Need &need, const MissingBlob &missing);
    void complete(std::size_t index);
    bool publishes(const TaggedManifests &tagged, const RepositoryName &repository,
                   std::vector<ImageLinks> &links);
    std::vector<TaggedManifests> referrersOf(const ConvertImage &image);
    void countReferrers(const ConvertImage &image, const std::vector<TaggedManifests> &referrers);
    void commitIfDue();
    void commit();
    void fail(const QString &line, const Error &error);
    void stop(const Error &error);
    bool isStopped();
    bool isWanted(const ConvertPlan::Blob &blob) const;

    const ConvertPlan &m_plan;
    const TaskContext &m_context;
    PoolWriter &m_writer;
    TaskWork &m_work;
    BlobFetcher m_fetcher;
    std::vector<std::atomic<int>> m_missing; ///< needs of each image that are not met yet

    std::mutex m_mutex; ///< guards the seven below
    std::vector<ImageLinks> m_ready;
    QStringList m_readyLines;
    std::atomic_bool m_hasReady = false; ///< whether there are any; to look without the lock
    TaskResult &m_result;
    QSet<QString> m_settled;              ///< lines that are done, skipped or failed
    QHash<QString, qint64> m_referrers;   ///< of images that are there, by tag
    MissingBlobs m_wrong;                 ///< of referrers
    std::map<Digest, qint64> m_manifests; ///< bytes to be written for each

    std::mutex m_commitMutex;
    QElapsedTimer m_clock;
    std::atomic<qint64> m_lastCommit = 0; ///< on m_clock
};

} // namespace layerpool
