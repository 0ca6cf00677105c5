// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"
#include "task/ConvertPlan.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace layerpool {

/// Where a list's images come from, and for which platforms.
class ConvertForm final : public PlanForm
{
    Q_OBJECT

public:
    ConvertForm(QString poolPath, const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Convert; }
    QString obstacle() const override;
    PlanMaker maker(const Subject &subject) const override;
    void remember(Settings &settings) const override;
    QStringList registries() const override;

private:
    Result<NamingRules> naming() const;
    Result<PlatformChoice> platforms() const;

    QString m_poolPath;
    QLineEdit *m_source;
    QLineEdit *m_mirrors;
    QComboBox *m_platforms;
    QCheckBox *m_referrers;
    QCheckBox *m_keepsHost;
    QCheckBox *m_foreign;
};

} // namespace layerpool
