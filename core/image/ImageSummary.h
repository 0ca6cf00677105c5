// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Platform.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace layerpool {

/// The little of an image's config that a pool's rows show: as ImageConfig has it, in a tenth of the time.
struct ImageSummary
{
    std::optional<Platform> platform;
    QDateTime created; ///< invalid where nobody says

    static ImageSummary parse(const QByteArray &bytes);
};

} // namespace layerpool
