// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"
#include "task/ExportPlan.h"
#include "task/PushImage.h"
#include "work/Verb.h"

#include <QJsonObject>

namespace layerpool {

/// What was chosen for a plan, of any verb; what a verb does not ask for stays as it is here. A value without
/// secrets, so it may be kept for another day.
struct PlanChoices
{
    // Convert
    QString source;    ///< a registry that answers for lines without one, as it was typed
    QString mirrors;   ///< MIRROR or HOST=MIRROR, set apart by commas
    QString platforms; ///< set apart by commas; empty: all of them
    bool takesReferrers = true;
    bool takesForeignLayers = false;
    bool keepsHost = false;

    QString bundle; ///< of Import: its path, or that of what other tools left
    QString as;     ///< of Import: how its images shall be called, as it was typed; empty: as it says

    // Export
    ExportFormat layout = ExportFormat::SkopeoDir;

    // Select, Tar, Export: a path. Push, Verify: a registry.
    QString target;
    bool replaces = false;                 ///< a file that is there
    QString volumes;                       ///< of Tar: their size as it was typed; empty: one file
    QStringList base;                      ///< of Tar: the paths of inventories
    bool withTool = false;                 ///< of Tar: the program for the far side
    QString signKey;                       ///< of Tar: the path of a secret key; empty: nobody signs
    MovedTags movedTags = MovedTags::Move; // Import too
    SparseIndexes sparse = SparseIndexes::AsTheyAre;
    bool asksRegistry = false; ///< a verify: not the pool itself is read

    QJsonObject toJson() const;
    /// What is missing or of another kind is as it is here.
    static PlanChoices fromJson(const QJsonObject &json);

    friend bool operator==(const PlanChoices &, const PlanChoices &) = default;
};

/// What the choices mean. Errors: BadInput.
Result<NamingRules> namingOf(const PlanChoices &choices);
/// Of platforms, set apart by commas; none stand for all.
Result<PlatformChoice> platformsIn(const QString &words);
Result<RegistryAddress> targetRegistryOf(const PlanChoices &choices);

/// The registries that are named, HOST[:PORT]; none where one can't be understood.
QStringList registriesOf(Verb verb, const PlanChoices &choices);

} // namespace layerpool
