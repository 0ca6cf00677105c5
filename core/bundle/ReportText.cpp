// SPDX-License-Identifier: Apache-2.0
#include "bundle/ReportText.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {

QString printable(const QString &text)
{
    QString safe = text;
    std::replace_if(
        safe.begin(), safe.end(),
        [](QChar each) {
            const QChar::Category category = each.category();
            return category == QChar::Other_Control || category == QChar::Other_Format ||
                   category == QChar::Separator_Line || category == QChar::Separator_Paragraph ||
                   each.isNonCharacter();
        },
        QChar(QChar::ReplacementCharacter));
    return safe;
}

QString nameOf(BundleFormat format)
{
    switch (format) {
    case BundleFormat::Tar:
        break;
    case BundleFormat::TarGzip:
        return QStringLiteral("tar.gz");
    case BundleFormat::TarZstd:
        return QStringLiteral("tar.zst");
    case BundleFormat::Zip:
        return QStringLiteral("zip");
    }
    return QStringLiteral("tar");
}

QString platformsText(const BundleReport::Image &image)
{
    return image.platforms.join(QStringLiteral(", "));
}

QString referrersText(const BundleReport::Image &image)
{
    std::map<ArtifactKind, int> counts;
    for (const PoolReferrer &referrer : image.referrers) {
        ++counts[referrer.kind];
    }
    QStringList words;
    for (const auto &[kind, count] : counts) {
        words << (count == 1 ? wordOf(kind)
                             : Text::tr("%1 (%2)", "a kind of artifact, and how many there are")
                                   .arg(wordOf(kind), QLocale().toString(count)));
    }
    return words.join(QStringLiteral(", "));
}

QString reasonText(const Selection::Absent &absent)
{
    return Error{absent.error.kind, absent.error.what, absent.error.why, {}}.sentence();
}

} // namespace layerpool
