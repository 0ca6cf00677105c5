// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

namespace layerpool {

/// Every blob of a pool hashed, every link looked at.
struct VerifyPlan
{
    std::shared_ptr<const PoolIndex> index;

    PlanSummary summary() const;
};

class VerifyTask final : public Task
{
public:
    explicit VerifyTask(VerifyPlan plan);

    QString title() const override;
    TaskResult run(const TaskContext &context) override;

private:
    VerifyPlan m_plan;
};

} // namespace layerpool
