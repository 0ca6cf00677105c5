// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleRefusal.h"

#include "base/Text.h"
#include "bundle/BundleVolumes.h"

namespace layerpool {
namespace {

constexpr qsizetype kLongestShown = 200;

QString makeAgain()
{
    return Text::tr("Nothing of it was taken; make or copy the bundle again");
}

QString shown(char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0x20 && value < 0x7f ? QString(QLatin1Char(byte))
                                         : QStringLiteral("\\x%1").arg(value, 2, 16, QLatin1Char('0'));
}

} // namespace

QString quoted(QByteArrayView entry)
{
    QString text;
    for (const char byte : entry.first(std::min(entry.size(), kLongestShown))) {
        text += shown(byte);
    }
    return QStringLiteral("“%1%2”").arg(text, entry.size() > kLongestShown ? QStringLiteral("…") : QString());
}

Error refusedEntry(const QString &bundle, QByteArrayView entry, const QString &why)
{
    return {ErrorKind::BadInput,
            Text::tr("The bundle %1 is refused at its entry %2").arg(bundle, quoted(entry)), why,
            makeAgain()};
}

Error refusedBundle(const QString &bundle, const QString &why)
{
    return {ErrorKind::BadInput, Text::tr("The bundle %1 is refused").arg(bundle), why, makeAgain()};
}

Error cutShort(const QString &bundle)
{
    const QString volume = volumeAfterLast(bundle);
    return {ErrorKind::BadInput, Text::tr("The bundle %1 is cut short").arg(bundle),
            volume.isEmpty() ? Text::tr("it ends before its last entry does")
                             : Text::tr("its next volume would be %1").arg(volume),
            Text::tr("Copy it again, and import it again: what was taken in before is kept")};
}

} // namespace layerpool
