// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Verb.h"

#include <QVariantMap>

namespace layerpool {

/// What a plan was made of, so that one like it can be made for what failed.
struct PlanRecipe
{
    Verb verb = Verb::Convert;
    QString poolPath;
    QString name;        ///< of its subject, for titles
    QVariantMap choices; ///< of its form
};

} // namespace layerpool
