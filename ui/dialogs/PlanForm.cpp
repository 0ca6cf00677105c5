// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlanForm.h"

#include "views/Spacing.h"
#include "work/Planner.h"

namespace layerpool {

PlanForm::PlanForm(QWidget *parent) : QWidget(parent), m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(outerSpacing(this));
    m_rows->setVerticalSpacing(innerSpacing(this));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

QString PlanForm::subjectLabel() const
{
    return tr("&Work on:", "what a verb works on: the ticked images, a list, the pool");
}

PlanRecipe PlanForm::recipe(const Subject &subject) const
{
    return PlanRecipe::of(verb(), subject.poolPath(), subject, choices());
}

PlanMaker PlanForm::maker(const Subject &subject) const
{
    return plannerOf(recipe(subject), m_access, subject.index, signer());
}

void PlanForm::setAccess(RegistryOptions access)
{
    m_access = std::move(access);
    Q_EMIT edited();
}

} // namespace layerpool
