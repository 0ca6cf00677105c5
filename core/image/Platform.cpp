// SPDX-License-Identifier: Apache-2.0
#include "image/Platform.h"

#include <QList>

#include <algorithm>

namespace layerpool {
namespace {

bool isWord(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'.' || c == u'_' || c == u'-';
    });
}

// What everybody means by an architecture without a variant.
QString commonVariant(const QString &architecture)
{
    return architecture == QLatin1String("arm64") ? QStringLiteral("v8")
           : architecture == QLatin1String("arm") ? QStringLiteral("v7")
                                                  : QString();
}

} // namespace

std::optional<Platform> Platform::parse(QStringView text)
{
    const auto parts = text.split(u'/');
    if (parts.size() < 2 || parts.size() > 3 || !std::all_of(parts.begin(), parts.end(), isWord)) {
        return std::nullopt;
    }
    return Platform{parts[0].toString(), parts[1].toString(),
                    parts.size() == 3 ? parts[2].toString() : QString()};
}

Platform Platform::linuxAmd64()
{
    return {QStringLiteral("linux"), QStringLiteral("amd64"), {}};
}

QString Platform::toString() const
{
    const QString text = os + QLatin1Char('/') + architecture;
    const QString full = variant.isEmpty() ? text : text + QLatin1Char('/') + variant;
    return osVersion.isEmpty() ? full : QStringLiteral("%1 (%2)").arg(full, osVersion);
}

bool Platform::isUnknown() const
{
    return os == QLatin1String("unknown") && architecture == QLatin1String("unknown");
}

bool Platform::serves(const Platform &wanted) const
{
    if (os != wanted.os || architecture != wanted.architecture) {
        return false;
    }
    const auto explicitVariant = [](const Platform &platform) {
        const bool plainArm64 = platform.architecture == QLatin1String("arm64") && platform.variant.isEmpty();
        return plainArm64 ? QStringLiteral("v8") : platform.variant;
    };
    return wanted.variant.isEmpty() || explicitVariant(*this) == explicitVariant(wanted);
}

bool Platform::isMeantBy(const Platform &wanted) const
{
    return serves(wanted) && (variant == wanted.variant || variant == commonVariant(architecture));
}

} // namespace layerpool
