// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleFormat.h"

#include <QStringList>

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

} // namespace

std::optional<BundleFormat> formatOf(const QString &path)
{
    for (const Ending &ending : kEndings) {
        if (path.endsWith(ending.text)) {
            return ending.format;
        }
    }
    return std::nullopt;
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
