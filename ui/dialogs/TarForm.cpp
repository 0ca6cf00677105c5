// SPDX-License-Identifier: Apache-2.0
#include "dialogs/TarForm.h"

#include "work/Places.h"

namespace layerpool {

TarForm::TarForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_target(new PathEdit(PathEdit::Mode::NewFile, dialogs,
                            {tr("Choose the tar file"),
                             startFolder(settings, settings::bundlesFolder) + QStringLiteral("/images.tar"),
                             tr("Tar files (*.tar)")},
                            this))
    , m_replace(new QCheckBox(tr("&Replace a file that is there"), this))
{
    m_target->edit()->setPlaceholderText(tr("a file whose name ends in .tar"));
    m_replace->setObjectName(QStringLiteral("replaceCheck"));
    rows().addRow(tr("Target &file:"), m_target);
    rows().addRow(QString(), m_replace);
    setFocusProxy(m_target);
    m_target->edit()->setAccessibleName(tr("Target file"));
    connect(m_target, &PathEdit::edited, this, &PlanForm::edited);
    connect(m_replace, &QCheckBox::toggled, this, &PlanForm::edited);
}

QString TarForm::obstacle() const
{
    return m_target->path().isEmpty() ? tr("Choose the file to see what it takes.") : QString();
}

PlanChoices TarForm::choices() const
{
    PlanChoices choices;
    choices.target = m_target->path();
    choices.replaces = m_replace->isChecked();
    return choices;
}

// That a file may be replaced was said of another selection.
void TarForm::choose(const PlanChoices &choices)
{
    m_target->setPath(choices.target);
    m_replace->setChecked(false);
}

} // namespace layerpool
