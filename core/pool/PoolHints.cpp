// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolHints.h"

#include "base/Text.h"
#include "pool/Pool.h"

namespace layerpool {

QString hintWhereAbsent(const Pool &pool)
{
    return pool.contents() ? Text::tr("Take a bundle that has it") : Text::tr("Convert it first");
}

QString hintWhereNotWhole(const Pool &pool)
{
    return pool.contents() ? Text::tr("Take a bundle in which it is whole")
                           : Text::tr("Convert it again: what is missing is fetched");
}

QString hintWhereDamaged(const Pool &pool)
{
    return pool.contents() ? Text::tr("Copy or make the bundle again")
                           : Text::tr("Run verify, and convert its images again");
}

} // namespace layerpool
