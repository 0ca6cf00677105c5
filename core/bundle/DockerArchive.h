// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceImages.h"
#include "bundle/SourceNames.h"

#include <QByteArrayList>

namespace layerpool {

/// What `docker save` lists of itself.
namespace dockerarchive {

inline constexpr char listFile[] = "manifest.json";

struct Image
{
    QByteArray config; ///< its file's name
    QStringList tags;  ///< as references
    QByteArrayList layers;
};

/// Errors: BadInput, Storage.
Result<std::vector<Image>> readList(const SourceFiles &files);

} // namespace dockerarchive

/// The images of an archive that has configs and layers and no manifest, as `docker save` made it until it
/// came to hold an OCI layout too (moby, "Docker Image Specification v1.2"). Manifests are made anew, as
/// skopeo does: a registry's digests can't be had from it, since layers lie unpacked there. Layers that a
/// program has left packed are hashed first. Errors: BadInput, Storage, Cancelled.
Result<SourceImages> readDockerArchive(SourceFiles &files, SourceNames &names);

} // namespace layerpool
