// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"

#include <QCheckBox>

namespace layerpool {

/// Which file a selection is packed into.
class TarForm final : public PlanForm
{
    Q_OBJECT

public:
    TarForm(const Settings &settings, Dialogs &dialogs, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Tar; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;
    bool isDestructive() const override { return m_replace->isChecked(); }

private:
    PathEdit *m_target;
    QCheckBox *m_replace;
};

} // namespace layerpool
