// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Platform.h"

#include <QByteArray>

#include <optional>

namespace layerpool {

/// The platform that an image's config names (OCI image-spec, "Image Configuration"; Docker's is alike).
/// Nothing where the bytes are no such config: an artifact's may be anything.
std::optional<Platform> platformOfConfig(const QByteArray &bytes);

} // namespace layerpool
