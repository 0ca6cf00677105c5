// SPDX-License-Identifier: Apache-2.0
#include "dialogs/VerifyForm.h"

#include "task/VerifyPlan.h"

namespace layerpool {

PlanMaker VerifyForm::maker(const Subject &subject) const
{
    return [index = subject.index](const TaskContext &) -> Result<PreparedTask> {
        return prepared<VerifyTask>(Verb::Verify, VerifyPlan{index});
    };
}

} // namespace layerpool
