// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace layerpool {

/// Where a list's images come from, and for which platforms.
class ConvertForm final : public PlanForm
{
    Q_OBJECT

public:
    explicit ConvertForm(const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Convert; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;
    void remember(Settings &settings) const override;

private:
    QLineEdit *m_source;
    QLineEdit *m_mirrors;
    QComboBox *m_platforms;
    QCheckBox *m_referrers;
    QCheckBox *m_keepsHost;
    QCheckBox *m_foreign;
};

} // namespace layerpool
