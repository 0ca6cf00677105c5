// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"

#include <QCheckBox>
#include <QComboBox>

namespace layerpool {

/// Which bundle a selection is packed into: its file, whose ending is its format; its volumes; and what the
/// far side has already.
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
    void addVolumes();
    QString volumes() const;

    PathEdit *m_target;
    QComboBox *m_volumes;
    PathEdit *m_base;
    QCheckBox *m_replace;
};

} // namespace layerpool
