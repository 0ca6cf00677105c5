// SPDX-License-Identifier: Apache-2.0
#include "image/ImageConfig.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {

std::optional<Platform> platformOfConfig(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const auto word = [&](QLatin1String key) { return object.value(key).toString(); };
    const Platform platform{word(QLatin1String("os")), word(QLatin1String("architecture")),
                            word(QLatin1String("variant")), word(QLatin1String("os.version"))};
    return platform.os.isEmpty() || platform.architecture.isEmpty() ? std::nullopt : std::optional(platform);
}

} // namespace layerpool
