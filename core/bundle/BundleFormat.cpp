// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleFormat.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

struct Ending
{
    QLatin1String text;
    BundleFormat format;
};

constexpr std::array kEndings{
    Ending{QLatin1String(".tar"), BundleFormat::Tar},
    Ending{QLatin1String(".tar.zst"), BundleFormat::TarZstd},
    Ending{QLatin1String(".tar.gz"), BundleFormat::TarGzip},
    Ending{QLatin1String(".zip"), BundleFormat::Zip},
};

const Ending *findEnding(const QString &path)
{
    const auto found = std::find_if(kEndings.begin(), kEndings.end(), [&](const Ending &ending) {
        return path.endsWith(ending.text, Qt::CaseInsensitive);
    });
    return found != kEndings.end() ? &*found : nullptr;
}

} // namespace

std::optional<BundleFormat> formatOf(const QString &path)
{
    const Ending *ending = findEnding(path);
    return ending != nullptr ? std::optional(ending->format) : std::nullopt;
}

QString withoutEnding(const QString &path)
{
    const Ending *ending = findEnding(path);
    return path.chopped(ending != nullptr ? ending->text.size() : 0);
}

QString endingOf(BundleFormat format)
{
    const auto found = std::find_if(kEndings.begin(), kEndings.end(),
                                    [&](const Ending &ending) { return ending.format == format; });
    return found->text;
}

QString bundleEndings()
{
    QStringList endings;
    for (const Ending &ending : kEndings) {
        endings << ending.text;
    }
    return endings.join(QStringLiteral(", "));
}

} // namespace layerpool
