// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Manifest.h"

#include <QStringList>

namespace layerpool {

/// The children of an index that serve the wanted platforms, each once, in the order in which they are
/// wanted.
struct PlatformPick
{
    std::vector<Descriptor> children;
    QStringList passedOver; ///< sentences about others that would have served as well
    QStringList lacking;    ///< sentences about wanted platforms of which there is none

    /// Error: NotFound, where none of them has one; it lists those there are.
    static Result<PlatformPick> of(const Manifest &index, const std::vector<Platform> &wanted);
};

/// Whether an image for one platform is any of the wanted ones: sentences about the others. Error: NotFound,
/// which names it.
Result<QStringList> checkPlatform(const Platform &platform, const std::vector<Platform> &wanted);

} // namespace layerpool
