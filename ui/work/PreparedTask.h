// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/PlanSummary.h"
#include "task/Task.h"
#include "work/Verb.h"

#include <functional>
#include <memory>

namespace layerpool {

/// A plan of any verb, as far as the window has to know it: what to show, and what to start.
struct PreparedTask
{
    Verb verb = Verb::Convert;
    PlanSummary summary;
    std::unique_ptr<Task> task;
};

/// Makes a plan. Blocks; called in a worker thread, so it holds all it needs by value.
using PlanMaker = std::function<Result<PreparedTask>(const TaskContext &)>;

/// The PreparedTask of a plan whose verb has a task made of it.
template <typename TaskType, typename Plan>
PreparedTask prepared(Verb verb, Plan plan)
{
    PlanSummary summary = plan.summary();
    return {verb, std::move(summary), std::make_unique<TaskType>(std::move(plan))};
}

} // namespace layerpool
