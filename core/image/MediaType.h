// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace layerpool::mediatype {

/// The kinds of manifest that a Docker registry's garbage collection can read. Anything else in a pool would
/// stop it.
inline constexpr char dockerManifest[] = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr char dockerManifestList[] = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr char ociManifest[] = "application/vnd.oci.image.manifest.v1+json";
inline constexpr char ociIndex[] = "application/vnd.oci.image.index.v1+json";
/// Docker's first kind, "schema 1": without signatures, and with them.
inline constexpr char legacyManifest[] = "application/vnd.docker.distribution.manifest.v1+json";
inline constexpr char signedLegacyManifest[] = "application/vnd.docker.distribution.manifest.v1+prettyjws";

inline constexpr char dockerConfig[] = "application/vnd.docker.container.image.v1+json";
inline constexpr char ociConfig[] = "application/vnd.oci.image.config.v1+json";
inline constexpr char dockerLayer[] = "application/vnd.docker.image.rootfs.diff.tar.gzip";

inline bool isManifest(const QByteArray &type)
{
    return type == dockerManifest || type == ociManifest;
}

inline bool isIndex(const QByteArray &type)
{
    return type == dockerManifestList || type == ociIndex;
}

inline bool isLegacyManifest(const QByteArray &type)
{
    return type == legacyManifest || type == signedLegacyManifest;
}

/// Of images that run, which name their platform in it. An artifact's config is of another kind.
inline bool isImageConfig(const QByteArray &type)
{
    return type == dockerConfig || type == ociConfig;
}

/// Layers whose licence keeps them at their vendor's: a registry need not have them.
inline bool isForeignLayer(const QByteArray &type)
{
    return type == "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" ||
           type == "application/vnd.docker.image.rootfs.foreign.diff.tar" ||
           type.startsWith("application/vnd.oci.image.layer.nondistributable.v1.");
}

/// The value of an `Accept` header that asks for any of them, the legacy ones last.
inline QByteArray acceptManifests()
{
    return QByteArray(ociIndex) + ", " + dockerManifestList + ", " + ociManifest + ", " + dockerManifest +
           ", " + signedLegacyManifest + ";q=0.2, " + legacyManifest + ";q=0.1";
}

} // namespace layerpool::mediatype
