// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"
#include "dialogs/settings/FieldNote.h"

#include <QComboBox>

namespace layerpool {

/// Where images are laid out for other tools, and for which of them.
class ExportForm final : public PlanForm
{
    Q_OBJECT

public:
    ExportForm(const Settings &settings, Dialogs &dialogs, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Export; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;

private:
    void addLayout(ExportFormat format, const QString &name, const QString &meaning);

    PathEdit *m_target;
    QComboBox *m_layout;
    FieldNote *m_layoutNote;
};

} // namespace layerpool
