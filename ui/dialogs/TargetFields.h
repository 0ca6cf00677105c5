// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/PlanChoices.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

namespace layerpool {

class Settings;

/// Where a push goes and in what shape, as rows of a form: a verify of the target is told the same.
class TargetFields final : public QObject
{
    Q_OBJECT

public:
    /// Adds its rows; the widgets belong to the layout's parent.
    enum class Deed { Push, Verify }; ///< whose words they have
    TargetFields(Deed deed, const Settings &settings, QFormLayout &rows, QObject *parent);

    QWidget *first() const { return m_target; }
    void setVisible(QFormLayout &rows, bool isVisible);

    /// What is missing or wrong, as a sentence.
    QString obstacle() const;
    PlanChoices choices() const;
    void choose(const PlanChoices &choices);
    void remember(Settings &settings) const;

Q_SIGNALS:
    void edited();

private:
    QLineEdit *m_target;
    QComboBox *m_movedTags;
    QComboBox *m_sparse;
};

} // namespace layerpool
