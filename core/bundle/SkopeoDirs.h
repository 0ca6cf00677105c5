// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceImages.h"
#include "bundle/SourceNames.h"

namespace layerpool {

/// A folder of one image as skopeo's `dir:` keeps it (containers/image, "directory" transport).
namespace skopeodir {

inline constexpr char manifestFile[] = "manifest.json";
inline constexpr char versionFile[] = "version";
inline constexpr char version[] = "Directory Transport Version: 1.1\n";
inline constexpr char childEnding[] = ".manifest.json"; ///< of the manifests that an index names

} // namespace skopeodir

/// The images of such folders: of the source itself, which then has no name, or of all below it, which are
/// named by their paths, as `skopeo sync` leaves them (`REGISTRY/NAME:TAG`). Errors: BadInput, Storage.
Result<SourceImages> readSkopeoDirs(SourceFiles &files, SourceNames &names);

} // namespace layerpool
