// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"

#include <QComboBox>

namespace layerpool {

/// What the pool takes in, how its images are called where it does not say, and what becomes of tags that
/// have another image there.
class ImportForm final : public PlanForm
{
    Q_OBJECT

public:
    ImportForm(const Settings &settings, Dialogs &dialogs, QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Import; }
    QString obstacle() const override;
    QString subjectLabel() const override { return tr("Into:", "the pool that a bundle is taken into"); }
    bool isForWholePool() const override { return true; }
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;

private:
    PathEdit *m_source;
    QLineEdit *m_name;
    QComboBox *m_movedTags;
};

} // namespace layerpool
