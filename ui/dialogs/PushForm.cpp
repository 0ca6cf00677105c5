// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PushForm.h"

namespace layerpool {

PushForm::PushForm(const Settings &settings, QWidget *parent)
    : PlanForm(parent), m_target(TargetFields::Deed::Push, settings, rows(), this)
{
    setFocusProxy(m_target.first());
    connect(&m_target, &TargetFields::edited, this, &PlanForm::edited);
}

} // namespace layerpool
