// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ReferrerTag.h"

namespace layerpool {

/// What sort of thing refers to an image.
enum class ArtifactKind { Signature, Attestation, Sbom, Other };

/// By the type that its maker gave it: its `artifactType`, or the media type of what it carries.
ArtifactKind artifactKindOf(const QString &type);
/// By the tag's ending; Other for the fallback tag, which may stand for any.
ArtifactKind artifactKindOf(const ReferrerTag &tag);

/// The stable lower-case word for a kind, as JSON has it.
QByteArray artifactKindName(ArtifactKind kind);
/// As a person reads it.
QString wordOf(ArtifactKind kind);

} // namespace layerpool
