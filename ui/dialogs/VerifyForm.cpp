// SPDX-License-Identifier: Apache-2.0
#include "dialogs/VerifyForm.h"

namespace layerpool {
namespace {

enum WhatRow { PoolRow, RegistryRow };

QComboBox *makeWhat(QFormLayout &rows)
{
    auto *what = new QComboBox;
    what->setObjectName(QStringLiteral("verifyCombo"));
    what->addItem(VerifyForm::tr("The pool itself: every byte is read"));
    what->addItem(VerifyForm::tr("A registry against the pool: nothing is downloaded"));
    rows.addRow(VerifyForm::tr("Ver&ify:"), what);
    return what;
}

} // namespace

VerifyForm::VerifyForm(const Settings &settings, QWidget *parent)
    : PlanForm(parent), m_what(makeWhat(rows())), m_target(TargetFields::Deed::Verify, settings, rows(), this)
{
    setFocusProxy(m_what);
    m_target.setVisible(rows(), asksRegistry());
    connect(m_what, &QComboBox::currentIndexChanged, this, [this] {
        m_target.setVisible(rows(), asksRegistry());
        Q_EMIT edited();
    });
    connect(&m_target, &TargetFields::edited, this, &PlanForm::edited);
}

bool VerifyForm::asksRegistry() const
{
    return m_what->currentIndex() == RegistryRow;
}

QString VerifyForm::obstacle() const
{
    return asksRegistry() ? m_target.obstacle() : QString();
}

PlanChoices VerifyForm::choices() const
{
    PlanChoices choices = m_target.choices();
    choices.asksRegistry = asksRegistry();
    return choices;
}

void VerifyForm::choose(const PlanChoices &choices)
{
    m_what->setCurrentIndex(choices.asksRegistry ? RegistryRow : PoolRow);
    m_target.choose(choices);
}

} // namespace layerpool
