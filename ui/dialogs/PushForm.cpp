// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PushForm.h"

#include "task/PushPlan.h"

namespace layerpool {

PushForm::PushForm(const Settings &settings, QWidget *parent)
    : PlanForm(parent), m_target(settings, rows(), this)
{
    setFocusProxy(m_target.first());
    connect(&m_target, &TargetFields::edited, this, &PlanForm::edited);
}

PlanMaker PushForm::maker(const Subject &subject) const
{
    PushRequest request;
    request.index = subject.index;
    request.name = subject.name;
    request.target = m_target.target();
    request.movedTags = m_target.movedTags();
    request.registry = access();
    request.sparse = m_target.sparse();
    return [subject, request](const TaskContext &context) mutable -> Result<PreparedTask> {
        request.selection = subject.selection();
        Result<PushPlan> plan = planPush(request, context);
        if (!plan) {
            return plan.error();
        }
        return prepared<PushTask>(Verb::Push, *std::move(plan));
    };
}

} // namespace layerpool
