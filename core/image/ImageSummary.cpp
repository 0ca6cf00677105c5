// SPDX-License-Identifier: Apache-2.0
#include "image/ImageSummary.h"

#include "image/ImageConfig.h"
#include "image/JsonSkim.h"

#include <array>

namespace layerpool {
namespace {

using Texts = std::array<std::optional<QByteArrayView>, 5>;
constexpr std::array<QByteArrayView, 5> kKeys{"os", "architecture", "variant", "os.version", "created"};

// Nothing where it is not plain, or says one of them twice.
std::optional<Texts> skim(QByteArrayView bytes)
{
    JsonSkim json(bytes);
    Texts texts;
    const bool isRead = json.object([&](QByteArrayView name) {
        for (std::size_t i = 0; i < kKeys.size(); ++i) {
            if (name == kKeys[i]) {
                const bool isFirst = !texts[i];
                texts[i] = json.plainString();
                return isFirst && texts[i].has_value();
            }
        }
        return json.value();
    });
    return isRead && json.isAtEnd() ? std::optional(texts) : std::nullopt;
}

} // namespace

ImageSummary ImageSummary::parse(const QByteArray &bytes)
{
    const std::optional<Texts> texts = skim(bytes);
    if (!texts) {
        ImageConfig config = ImageConfig::parse(bytes);
        return {std::move(config.platform), std::move(config.created)};
    }
    const auto text = [&](std::size_t i) {
        return QString::fromLatin1((*texts)[i].value_or(QByteArrayView()));
    };
    const Platform platform{text(0), text(1), text(2), text(3)};
    return {ImageConfig::knownPlatform(platform), ImageConfig::knownTime(text(4))};
}

} // namespace layerpool
