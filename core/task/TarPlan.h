// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleTool.h"
#include "pool/Selection.h"
#include "sign/SecretKey.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

struct TarRequest
{
    QString name;                                 ///< for titles
    QString target;                               ///< the bundle's file; its ending is its format
    bool replaces = false;                        ///< a bundle that is there may be overwritten
    qint64 volumeBytes = 0;                       ///< of each volume; 0: one file
    int onlyVolume = 0;                           ///< its number: it alone is made anew; 0: all
    std::vector<BundleContent> far = {};          ///< inventories of what the far side has
    TakeReferrers referrers = TakeReferrers::Yes; ///< as the selection was made
    std::shared_ptr<const SecretKey> signer = {}; ///< of the bundle's sums; null where nobody signs
    std::optional<ToolFile> tool = {};            ///< the program that goes in for the far side
    bool report = true;                           ///< lies beside it, for those who approve the transfer
};

/// A selection as a bundle in the registry's layout.
struct TarPlan
{
    TarRequest request; ///< without the inventories
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    BundleFormat format = BundleFormat::Tar;
    qint64 freeBytes = 0;
    QStringList replaced;             ///< files of the bundle that is overwritten
    qint64 replacedBytes = 0;         ///< of these
    std::map<Digest, qint64> leftOut; ///< layers that the far side has, with their bytes
    std::map<Digest, std::vector<RepositoryName>> leftOutIn; ///< where it has them
    qint64 leftOutBytes = 0;
    std::vector<Digest> base; ///< the inventories that say so, by their ids
    int unchanged = 0;        ///< images that are there as they are here

    /// The program that goes in.
    std::optional<BundleTool> tool() const
    {
        return request.tool ? std::optional(request.tool->tool) : std::nullopt;
    }
    /// What the bundle will hold, and lists of itself.
    BundleContent content() const;
    /// Of blobs, and of the program for the far side.
    qint64 streamedBytes() const;

    PlanSummary summary() const;
};

/// Layers that the far side has are left out, and images too that are there as they are here, unless the
/// selection is of a list. Errors: Conflict (a file exists and `replaces` is not set; or what lies
/// beside it is another bundle's, whatever is set), Unsupported (no such
/// format, or not in volumes).
Result<TarPlan> planTar(std::shared_ptr<const PoolIndex> index, Selection selection, TarRequest request);

class TarTask final : public Task
{
public:
    explicit TarTask(TarPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    TarPlan m_plan;
};

} // namespace layerpool
