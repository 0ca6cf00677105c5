// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolWriter.h"
#include "pool/StagedBlob.h"
#include "task/ConvertPlan.h"
#include "task/Task.h"

#include <QSet>

#include <atomic>
#include <functional>
#include <mutex>

namespace layerpool {

/// Brings the blobs of a plan into the pool's staging: goes on from what an earlier run left, asks each
/// blob's sources in order, and counts what it did. Any number of workers may share one.
class BlobFetcher
{
public:
    /// All must outlive it.
    BlobFetcher(const ConvertPlan &plan, const TaskContext &context, PoolWriter &writer)
        : m_plan(plan), m_context(context), m_writer(writer)
    {
    }

    /// Hands the blob to the writer, unless the pool has it meanwhile. Its size in bytes: where its images
    /// declare several, the one that its digest bears out. Errors: of the last source where there is one;
    /// else of the one that tells most, with what the others said. Storage and NoSpace are the pool's own.
    /// `moved` hears of each byte that is there, and below zero of those that have to come again.
    Result<qint64> fetch(const ConvertPlan::Blob &blob, RegistryClient &client,
                         const RegistryClient::Moved &moved);

    /// Bytes that came over the network, those too that were of no use.
    qint64 transferred() const { return m_transferred; }
    /// Bytes that were needed and there: whole blobs, and what earlier runs had brought of others.
    qint64 reused() const { return m_reused; }
    /// Bytes of unfinished blobs, which the next run goes on with.
    qint64 kept() const { return m_kept; }

private:
    struct Place;

    Result<qint64> fetchAs(const Descriptor &wanted, const ConvertPlan::Blob &blob, RegistryClient &client,
                           const RegistryClient::Moved &told);
    Status fetchFromPlaces(const std::vector<Place> &places, const Descriptor &wanted);
    std::vector<Place> placesOf(const Descriptor &wanted, const ConvertPlan::Blob &blob, StagedBlob &staged,
                                const RegistryClient::Moved &moved, RegistryClient &client);
    Result<std::unique_ptr<StagedBlob>> stage(const Descriptor &blob);
    void tellChecking(int change);
    bool isDead(const QString &host) const;

    const ConvertPlan &m_plan;
    const TaskContext &m_context;
    PoolWriter &m_writer;
    std::atomic<qint64> m_transferred = 0;
    std::atomic<qint64> m_reused = 0;
    std::atomic<qint64> m_kept = 0;

    mutable std::mutex m_mutex; ///< guards the two below
    int m_checking = 0;         ///< workers that hash what an earlier run left
    QSet<QString> m_dead;       ///< hosts that were not to be reached: others are asked before them
};

/// What is said at the start of a run, and while it hashes what an earlier one left.
QString leftByAnEarlierRun(const ConvertPlan &plan);

/// Whether it is the pool itself that can't be written: no other source and no other image will fare better.
bool isOfThePool(const Error &error);

} // namespace layerpool
