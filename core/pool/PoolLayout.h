// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "image/RepositoryName.h"

#include <QByteArray>
#include <QString>

/// Where things lie in a pool, as paths relative to its root: Docker Distribution's filesystem layout, and
/// `.layerpool/` beside it, where a registry never looks.
namespace layerpool::layout {

inline constexpr char root[] = "docker/registry/v2";
inline constexpr char repositories[] = "docker/registry/v2/repositories";
inline constexpr char own[] = ".layerpool";
inline constexpr char lockFile[] = ".layerpool/lock";
inline constexpr char partial[] = ".layerpool/staging/partial"; ///< blobs on their way in, by digest
inline constexpr char sessions[] =
    ".layerpool/staging/sessions"; ///< links on their way in, a folder a writer
inline constexpr char sessionsLock[] = ".layerpool/staging/sessions.lock"; ///< held while one is made
inline constexpr char indexes[] = ".layerpool/indexes"; ///< indexes seen at sources whose child alone is kept

/// What is named by sha512 lies under its own name too. A registry that takes an upload of such a layer keeps
/// it under sha256 with a second link, and its own garbage collection then deletes it.
QByteArray blobs(Digest::Algorithm algorithm);
QByteArray blob(const Digest &digest);
QByteArray blobDirectory(const Digest &digest);
QByteArray repository(const RepositoryName &name);
QByteArray layers(const RepositoryName &name);
QByteArray layerLink(const RepositoryName &name, const Digest &digest);
QByteArray revisions(const RepositoryName &name);
QByteArray revisionLink(const RepositoryName &name, const Digest &digest);
QByteArray tags(const RepositoryName &name);
QByteArray tag(const RepositoryName &name, const QString &tag);
QByteArray seenIndex(const Digest &digest);
QByteArray parentOf(const QByteArray &path);
/// Below a tag's directory.
QByteArray tagIndexLink(const Digest &digest);
inline constexpr char tagCurrentLink[] = "current/link";

} // namespace layerpool::layout
