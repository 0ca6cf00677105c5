// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"

namespace layerpool {

/// Verify has nothing to choose: it reads every byte.
class VerifyForm final : public PlanForm
{
    Q_OBJECT

public:
    using PlanForm::PlanForm;

    Verb verb() const override { return Verb::Verify; }
    QString obstacle() const override { return {}; }
    PlanMaker maker(const Subject &subject) const override;
};

} // namespace layerpool
