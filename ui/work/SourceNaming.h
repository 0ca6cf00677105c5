// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "image/NamingRules.h"

namespace layerpool {

/// Where lines are asked for, as the fields of a convert say it: "MIRROR" stands in front of the source,
/// "HOST=MIRROR" in front of that host. BadInput where one is no address.
Result<NamingRules> namingRules(const QString &source, const QString &mirrors, bool keepsHost);

/// The images for which the source registry answers: the others name their own.
int linesWithoutRegistry(const ImagesList &list);

} // namespace layerpool
