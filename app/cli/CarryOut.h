// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"

namespace layerpool {

/// The second half of every verb: shows the plan, stops there for a dry run, else runs its task to the end.
template <typename TaskType, typename Plan>
ExitStatus carryOut(Result<Plan> plan, const CommandLine &line, Console &console)
{
    if (!plan) {
        return console.fail(plan.error());
    }
    const PlanSummary summary = plan->summary();
    const bool isDryRun = line.isSet(QStringLiteral("dry-run"));
    console.showPlan(summary, isDryRun);
    if (isDryRun) {
        return console.finishDryRun(summary);
    }
    if (summary.blocker) {
        return console.fail(*summary.blocker);
    }
    TaskType task(*std::move(plan));
    return console.runTask(task);
}

} // namespace layerpool
