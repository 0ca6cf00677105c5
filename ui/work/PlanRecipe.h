// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/PlanChoices.h"
#include "work/Subject.h"
#include "work/Verb.h"

#include <optional>

namespace layerpool {

/// All that a plan is made of, but for what is known of registries when it is made: enough to make it again
/// after a pause, for what failed, and in another session.
struct PlanRecipe
{
    Verb verb = Verb::Convert;
    QString poolPath;
    QString name; ///< of its subject, for titles
    Subject::Kind kind = Subject::Kind::Pool;
    QStringList lines; ///< of List: as they are in it; of Ticked: NAME:TAG of the pool
    PlanChoices choices;
    QStringList leftOut = {}; ///< bad lines of the list: a sentence of each

    /// Of the subject, with all its images.
    static PlanRecipe of(Verb verb, const QString &poolPath, const Subject &subject, PlanChoices choices);

    QJsonObject toJson() const;
    /// None where it is of no kind that this program knows.
    static std::optional<PlanRecipe> fromJson(const QJsonObject &json);

    friend bool operator==(const PlanRecipe &, const PlanRecipe &) = default;
};

} // namespace layerpool
