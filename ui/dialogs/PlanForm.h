// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"
#include "work/PlanRecipe.h"
#include "work/PreparedTask.h"
#include "work/SigningKey.h"

#include <QFormLayout>
#include <QWidget>

namespace layerpool {

class Settings;

/// The options of one verb, inside the plan dialog.
class PlanForm : public QWidget
{
    Q_OBJECT

public:
    explicit PlanForm(QWidget *parent = nullptr);

    virtual Verb verb() const = 0;
    /// What is missing or wrong, as a sentence; empty where a plan can be made.
    virtual QString obstacle() const = 0;
    /// A registry that the plan would ask and that nobody has named yet: it waits for a word. Else empty.
    virtual QString unconfirmed(const Subject &) const { return {}; }
    virtual void confirm() {}
    /// Makes the plan of the options as they are now. Only where there is no obstacle.
    virtual PlanMaker maker(const Subject &subject) const;
    /// Keeps the options for next time.
    virtual void remember(Settings &) const {}

    /// What is known of registries and logins to them. A plan is made anew with it.
    void setAccess(RegistryOptions access);
    /// Whether what is chosen may destroy something: Enter alone doesn't start it then.
    virtual bool isDestructive() const { return false; }
    /// What stands in front of that on which it works.
    virtual QString subjectLabel() const;
    /// Whether there is nothing to choose: it works on all of the pool.
    virtual bool isForWholePool() const { return false; }

    /// What its fields hold, so that another form of the verb can be filled as this one.
    virtual PlanChoices choices() const { return {}; }
    virtual void choose(const PlanChoices &) {}
    /// Of the choices' `signKey`; null where nobody signs.
    virtual std::shared_ptr<SigningKey> signer() const { return nullptr; }
    /// Of a subject that has a pool.
    PlanRecipe recipe(const Subject &subject) const;
    /// The registries it names, HOST[:PORT].
    QStringList registries() const { return registriesOf(verb(), choices()); }

    /// The verb's rows; the dialog adds its own, so that all stand in one column.
    QFormLayout &rows() const { return *m_rows; }

Q_SIGNALS:
    /// The plan no longer holds.
    void edited();

protected:
    const RegistryOptions &access() const { return m_access; }

private:
    QFormLayout *m_rows;
    RegistryOptions m_access;
};

} // namespace layerpool
