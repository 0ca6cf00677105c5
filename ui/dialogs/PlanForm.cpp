// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlanForm.h"

#include "views/Spacing.h"

#include <QComboBox>
#include <QMetaProperty>

namespace layerpool {

PlanForm::PlanForm(QWidget *parent) : QWidget(parent), m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(outerSpacing(this));
    m_rows->setVerticalSpacing(innerSpacing(this));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

namespace {

// The property that a user changes: a line's text, a box's tick, what a list has chosen.
QByteArray propertyOf(const QWidget *field)
{
    if (const auto *combo = qobject_cast<const QComboBox *>(field)) {
        return combo->isEditable() ? "currentText" : "currentIndex";
    }
    return field->metaObject()->userProperty().name();
}

} // namespace

QVariantMap PlanForm::choices() const
{
    QVariantMap choices;
    for (const QWidget *field : findChildren<QWidget *>()) {
        const QByteArray property = propertyOf(field);
        if (!property.isEmpty() && !field->objectName().isEmpty()) {
            choices.insert(field->objectName(), field->property(property));
        }
    }
    return choices;
}

void PlanForm::choose(const QVariantMap &choices)
{
    for (QWidget *field : findChildren<QWidget *>()) {
        if (const auto choice = choices.constFind(field->objectName()); choice != choices.constEnd()) {
            field->setProperty(propertyOf(field), *choice);
        }
    }
}

void PlanForm::setAccess(RegistryOptions access)
{
    m_access = std::move(access);
    Q_EMIT edited();
}

} // namespace layerpool
