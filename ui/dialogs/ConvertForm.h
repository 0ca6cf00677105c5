// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"
#include "dialogs/PlatformsCombo.h"
#include "work/Connections.h"

#include <QCheckBox>
#include <QLineEdit>

namespace layerpool {

/// Where a list's images come from, and for which platforms.
class ConvertForm final : public PlanForm
{
    Q_OBJECT

public:
    /// The connections must outlive the form.
    ConvertForm(Connections &connections, const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Convert; }
    QString obstacle() const override;
    /// Behind an air gap a request to the built-in source would be one too many.
    QString unconfirmed(const Subject &subject) const override;
    void confirm() override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;
    void remember(Settings &settings) const override;

private:
    void showMirrors();

    Connections &m_connections;
    QLineEdit *m_source;
    QLineEdit *m_mirrors;
    PlatformsCombo *m_platforms;
    QCheckBox *m_referrers;
    QCheckBox *m_keepsHost;
    QCheckBox *m_foreign;
    QString m_keptMirrors; ///< those of the settings, as they were shown last
    bool m_isConfirmed;    ///< the source is one that the user has named, here or before
};

} // namespace layerpool
