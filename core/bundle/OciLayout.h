// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceImages.h"
#include "bundle/SourceNames.h"

#include <QJsonObject>

namespace layerpool {

/// What an OCI image layout consists of (OCI image-spec, "Image Layout Specification").
namespace ocilayout {

inline constexpr char markFile[] = "oci-layout";
inline constexpr char mark[] = R"({"imageLayoutVersion":"1.0.0"})";
inline constexpr char indexFile[] = "index.json";
inline constexpr char refName[] = "org.opencontainers.image.ref.name";
QByteArray blob(const Digest &digest);

} // namespace ocilayout

/// The images that its index names: by containerd's annotation where there is one, by `ref.name` (a whole
/// reference, or a tag), or by the `manifest.json` that Docker writes beside it. Errors: BadInput, Storage.
Result<SourceImages> readOciLayout(SourceFiles &files, SourceNames &names);

} // namespace layerpool
