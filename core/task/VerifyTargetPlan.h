// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/RegistryAddress.h"
#include "registry/RegistryOptions.h"
#include "task/PlanSummary.h"
#include "task/PushImage.h"
#include "task/Task.h"

namespace layerpool {

/// A registry held against a pool after a push: every tag, manifest and blob that the pool's images have must
/// be there. Only asked for, by HEAD: no image is downloaded, so the registry's own bytes are not judged.
/// What it holds of signatures and other referrers beside ours is no fault.
struct VerifyTargetPlan
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name; ///< of the selection, for titles
    RegistryAddress target;
    MovedTags movedTags = MovedTags::Move; ///< as they were pushed, like the next
    SparseIndexes sparse = SparseIndexes::AsTheyAre;
    RegistryOptions registry;

    PlanSummary summary() const;
};

class VerifyTargetTask final : public Task
{
public:
    explicit VerifyTargetTask(VerifyTargetPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    VerifyTargetPlan m_plan;
};

} // namespace layerpool
