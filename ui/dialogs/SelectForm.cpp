// SPDX-License-Identifier: Apache-2.0
#include "dialogs/SelectForm.h"

#include "work/Places.h"

namespace layerpool {

SelectForm::SelectForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_target(new PathEdit(
          PathEdit::Mode::Folder, dialogs,
          {tr("Choose a folder for the small pool"), startFolder(settings, settings::poolsFolder), {}}, this))
{
    m_target->edit()->setPlaceholderText(tr("a new or empty folder, or a pool to add to"));
    rows().addRow(tr("Target &folder:"), m_target);
    setFocusProxy(m_target);
    m_target->edit()->setAccessibleName(tr("Target folder"));
    connect(m_target, &PathEdit::edited, this, &PlanForm::edited);
}

QString SelectForm::obstacle() const
{
    return m_target->path().isEmpty() ? tr("Choose the folder for the small pool to see what it takes.")
                                      : QString();
}

PlanChoices SelectForm::choices() const
{
    PlanChoices choices;
    choices.target = m_target->path();
    return choices;
}

} // namespace layerpool
