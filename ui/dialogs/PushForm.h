// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"
#include "dialogs/TargetFields.h"

namespace layerpool {

/// Which registry images are sent to, and what becomes of tags that differ there.
class PushForm final : public PlanForm
{
    Q_OBJECT

public:
    explicit PushForm(const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Push; }
    QString obstacle() const override { return m_target.obstacle(); }
    PlanChoices choices() const override { return m_target.choices(); }
    void choose(const PlanChoices &choices) override { m_target.choose(choices); }
    void remember(Settings &settings) const override { m_target.remember(settings); }

private:
    TargetFields m_target;
};

} // namespace layerpool
