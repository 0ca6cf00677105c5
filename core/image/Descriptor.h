// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "image/Platform.h"

#include <QByteArray>

#include <optional>

namespace layerpool {

/// What a manifest says of a thing it names (OCI image-spec, "Content Descriptors").
struct Descriptor
{
    QByteArray mediaType;
    Digest digest;
    qint64 size = 0;                  ///< bytes, as declared
    std::optional<Platform> platform; ///< only on the children of an index
};

} // namespace layerpool
