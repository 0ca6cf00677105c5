// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace layerpool::mediatype {

/// The four kinds of manifest that a Docker registry's garbage collection can read. Anything else in a pool
/// would stop it.
inline constexpr char dockerManifest[] = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr char dockerManifestList[] = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr char ociManifest[] = "application/vnd.oci.image.manifest.v1+json";
inline constexpr char ociIndex[] = "application/vnd.oci.image.index.v1+json";

inline bool isManifest(const QByteArray &type)
{
    return type == dockerManifest || type == ociManifest;
}

inline bool isIndex(const QByteArray &type)
{
    return type == dockerManifestList || type == ociIndex;
}

/// The value of an `Accept` header that asks for any of the four.
inline QByteArray acceptManifests()
{
    return QByteArray(ociIndex) + ", " + dockerManifestList + ", " + ociManifest + ", " + dockerManifest;
}

} // namespace layerpool::mediatype
