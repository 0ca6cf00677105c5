// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"
#include "dialogs/TargetFields.h"

namespace layerpool {

/// What is verified: the pool's own bytes, or a registry against the pool after a push.
class VerifyForm final : public PlanForm
{
    Q_OBJECT

public:
    explicit VerifyForm(const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Verify; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;
    bool isForWholePool() const override { return !asksRegistry(); }

private:
    bool asksRegistry() const;

    QComboBox *m_what;
    TargetFields m_target;
};

} // namespace layerpool
