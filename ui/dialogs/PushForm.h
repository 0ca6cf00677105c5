// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PlanForm.h"

#include <QComboBox>
#include <QLineEdit>

namespace layerpool {

/// Which registry images are sent to, and what becomes of tags that differ there.
class PushForm final : public PlanForm
{
    Q_OBJECT

public:
    explicit PushForm(const Settings &settings, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Push; }
    QString obstacle() const override;
    PlanMaker maker(const Subject &subject) const override;
    void remember(Settings &settings) const override;
    QStringList registries() const override;

private:
    QLineEdit *m_target;
    QComboBox *m_movedTags;
    QComboBox *m_sparse;
};

} // namespace layerpool
