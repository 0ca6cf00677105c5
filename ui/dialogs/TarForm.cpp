// SPDX-License-Identifier: Apache-2.0
#include "dialogs/TarForm.h"

#include "task/TarPlan.h"
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

// That a file may be replaced was said of another selection.
void TarForm::choose(const QVariantMap &choices)
{
    PlanForm::choose(choices);
    m_replace->setChecked(false);
}

PlanMaker TarForm::maker(const Subject &subject) const
{
    return [subject, target = m_target->path(),
            replaces = m_replace->isChecked()](const TaskContext &) -> Result<PreparedTask> {
        Result<TarPlan> plan = planTar(subject.index, subject.selection(), subject.name, target, replaces);
        if (!plan) {
            return plan.error();
        }
        return prepared<TarTask>(Verb::Tar, *std::move(plan));
    };
}

} // namespace layerpool
