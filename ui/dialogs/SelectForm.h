// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"

namespace layerpool {

/// Where a small pool shall lie.
class SelectForm final : public PlanForm
{
    Q_OBJECT

public:
    SelectForm(const Settings &settings, Dialogs &dialogs, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Select; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override { m_target->setPath(choices.target); }

private:
    PathEdit *m_target;
};

} // namespace layerpool
