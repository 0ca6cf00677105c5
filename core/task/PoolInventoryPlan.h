// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/Selection.h"
#include "task/InventoryFile.h"
#include "task/PlanSummary.h"

namespace layerpool {

/// An inventory of images of a pool, or of a bundle that is open as one.
struct PoolInventoryPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name; ///< for titles: the list's, or the pool's
    InventoryFile file;

    PlanSummary summary() const;
};

/// An image that the pool has not is no failure: the inventory does without it, and says so. One that is not
/// whole is a failure, and the others are written.
class PoolInventoryTask final : public Task
{
public:
    explicit PoolInventoryTask(PoolInventoryPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    PoolInventoryPlan m_plan;
};

} // namespace layerpool
