// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrerTag.h"

namespace layerpool {
namespace {

constexpr QLatin1String kStart("sha256-");
constexpr qsizetype kHexDigits = 64;

} // namespace

const QStringList &ReferrerTag::cosignEndings()
{
    static const QStringList endings{QStringLiteral(".sig"), QStringLiteral(".att"), QStringLiteral(".sbom")};
    return endings;
}

std::optional<ReferrerTag> ReferrerTag::parse(QStringView tag)
{
    if (!tag.startsWith(kStart) || tag.size() < kStart.size() + kHexDigits) {
        return std::nullopt;
    }
    const QString ending = tag.sliced(kStart.size() + kHexDigits).toString();
    const QString hex = tag.sliced(kStart.size(), kHexDigits).toString();
    const std::optional<Digest> subject = Digest::parse(QString(QLatin1String("sha256:") + hex));
    if (!subject || !(ending.isEmpty() || cosignEndings().contains(ending))) {
        return std::nullopt;
    }
    return ReferrerTag{*subject, ending};
}

QString ReferrerTag::toString() const
{
    return kStart + QString::fromLatin1(subject.hex()) + ending;
}

} // namespace layerpool
