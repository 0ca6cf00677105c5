// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleContent.h"
#include "pool/Selection.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

/// A selection as one plain tar file, in the registry's layout.
struct TarPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name;          ///< for titles
    QString target;        ///< the file
    bool replaces = false; ///< an existing file may be overwritten
    qint64 freeBytes = 0;
    qint64 replacedBytes = 0;         ///< of the file that is overwritten
    std::map<Digest, qint64> leftOut; ///< layers that the far side has, with their bytes
    qint64 leftOutBytes = 0;
    std::vector<Digest> base; ///< the inventories that say so, by their ids
    int unchanged = 0;        ///< images that are there as they are here

    /// What the bundle will hold, and lists of itself.
    BundleContent content() const;

    PlanSummary summary() const;
};

/// `far`: inventories of what the far side has. Layers in them are left out, and images too that are there as
/// they are here, unless the selection is of a list. `referrers`: as the selection was made.
/// Errors: Conflict (the file exists and `replaces` is not set), Unsupported (an ending other than .tar),
/// Storage.
Result<TarPlan> planTar(std::shared_ptr<const PoolIndex> index, Selection selection, const QString &name,
                        const QString &target, bool replaces, const std::vector<BundleContent> &far = {},
                        TakeReferrers referrers = TakeReferrers::Yes);

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
