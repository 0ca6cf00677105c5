// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "image/MediaType.h"
#include "image/Platform.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace layerpool {

/// What a manifest says of a thing it names (OCI image-spec, "Content Descriptors").
struct Descriptor
{
    /// The size that a legacy manifest leaves out.
    static constexpr qint64 unknownSize = -1;

    QByteArray mediaType;
    Digest digest;
    qint64 size = 0;                       ///< bytes, as declared; unknownSize where nobody says
    std::optional<Platform> platform = {}; ///< only on the children of an index
    QStringList urls = {};                 ///< where else it can be had; asked only for a foreign layer

    /// A layer that stays at its vendor's, and that an image is whole without. An ordinary one with `urls` is
    /// none: an image without it would not run.
    bool isForeign() const { return mediatype::isForeignLayer(mediaType); }
    bool hasSize() const { return size != unknownSize; }
    /// Whether so many bytes may be it.
    bool fits(qint64 bytes) const { return !hasSize() || size == bytes; }
};

} // namespace layerpool
