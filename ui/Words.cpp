// SPDX-License-Identifier: Apache-2.0
#include "Words.h"

#include "base/Text.h"
#include "image/ArtifactKind.h"
#include "work/Workspace.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

struct Place
{
    const char *option;
    const char *words;
};

constexpr const char *kConnection = QT_TRANSLATE_NOOP("layerpool::Text", "Settings ▸ Connection");

constexpr const char *kSignatures = QT_TRANSLATE_NOOP("layerpool::Text", "Settings ▸ Signatures");

constexpr std::array<Place, 13> kPlaces{{
    {"--insecure", QT_TRANSLATE_NOOP("layerpool::Text", "Settings ▸ Registries")},
    {"key", kSignatures}, // the command: “key new”
    {"--realm", QT_TRANSLATE_NOOP("layerpool::Text", "it is asked when you sign in")},
    {"--ca", kConnection},
    {"--cert", kConnection},
    {"--key", kConnection},
    {"--proxy", kConnection},
    {"--keep-host", QT_TRANSLATE_NOOP("layerpool::Text", "in Convert: “Registries in the pool's names”")},
    {"--no-referrers", QT_TRANSLATE_NOOP("layerpool::Text", "in Convert: “Signatures and other referrers”")},
    {"--force", QT_TRANSLATE_NOOP("layerpool::Text", "in Tar: “Replace a bundle that is there”")},
    {"--tags", QT_TRANSLATE_NOOP("layerpool::Text", "in Push: “Tags that differ there”")},
    {"--as", QT_TRANSLATE_NOOP("layerpool::Text", "in Import: “Name”")},
    {"--sparse", QT_TRANSLATE_NOOP("layerpool::Text", "in Push: “Indexes with platforms left out”")},
}};

QStringList placesOf(const Error &error)
{
    QStringList places;
    for (const QString &option : error.options) {
        if (const QString place = placeOfOption(option); !place.isEmpty() && !places.contains(place)) {
            places.append(place);
        }
    }
    return places;
}

} // namespace

QString withoutMnemonic(const QString &text)
{
    static const QRegularExpression mnemonic(QStringLiteral("\\s*\\(&.\\)|&"));
    return QString(text).remove(mnemonic);
}

QString placeOfOption(const QString &option)
{
    const QString name = option.section(QLatin1Char(' '), 0, 0);
    const auto place = std::find_if(kPlaces.begin(), kPlaces.end(),
                                    [&](const Place &each) { return name == QLatin1String(each.option); });
    return place == kPlaces.end() ? QString() : Text::tr(place->words);
}

// A registry's own settings say more than those of all.
std::optional<SettingsPlace> settingsFor(const Error &error)
{
    std::optional<SettingsPlace> found;
    for (const QString &option : error.options) {
        if (option.startsWith(QLatin1String("--insecure"))) {
            return SettingsPlace{SettingsPlace::Page::Registry, option.section(QLatin1Char(' '), 1)};
        }
        const QString place = placeOfOption(option);
        if (place == Text::tr(kConnection)) {
            found = SettingsPlace{SettingsPlace::Page::Connection};
        } else if (place == Text::tr(kSignatures)) {
            found = SettingsPlace{SettingsPlace::Page::Signatures};
        }
    }
    return found;
}

QString nameOf(const SettingsPlace &place)
{
    switch (place.page) {
    case SettingsPlace::Page::Registry:
        return Text::tr("Settings of %1", "a registry").arg(place.registry);
    case SettingsPlace::Page::Signatures:
        return Text::tr("Settings of signatures");
    case SettingsPlace::Page::Connection:
        break;
    }
    return Text::tr("Settings of all connections");
}

QString sentenceOf(const Error &error)
{
    return error.sentence(placesOf(error));
}

QString hintOf(const Error &error)
{
    const QStringList places = placesOf(error);
    return error.hint.isEmpty() || places.isEmpty()
               ? error.hint
               : QStringLiteral("%1 (%2)").arg(error.hint, places.join(QStringLiteral(", ")));
}

QString textOf(const std::vector<SettingsFile> &files)
{
    QStringList texts;
    for (const SettingsFile &file : files) {
        texts << QStringLiteral("# %1\n%2").arg(file.path, file.text);
    }
    return texts.join(QLatin1Char('\n'));
}

QString exactBytes(qint64 bytes)
{
    return Text::tr("%1 bytes").arg(QLocale().toString(bytes));
}

QString wordOf(const ReferrerTag &referrer)
{
    const ArtifactKind kind = artifactKindOf(referrer);
    return kind == ArtifactKind::Other ? Text::tr("Referrers") : wordOf(kind);
}

QString readOnlyText(const Workspace &workspace)
{
    const std::optional<Error> &why = workspace.poolIsReadOnly();
    if (why && workspace.pool() && workspace.pool()->pool().contents() != nullptr) {
        const QStringList sentences =
            workspace.pool()->pool().notes() +
            QStringList{Text::tr(
                "A bundle is shown, read where it lies: Tar, Push and Verify work on it. For the others, "
                "import it into a pool.")};
        return sentences.join(QStringLiteral(". "));
    }
    return why ? Text::tr("%1 All that reads it works: Select, Tar, Export, Push, Verify and Serve. Convert "
                          "and Import "
                          "need another one.",
                          "why a pool is read-only, a sentence")
                     .arg(sentenceOf(Error{why->kind, why->what, why->why, {}}))
               : QString();
}

QString bundleFilter()
{
    return Text::tr("Bundles (*.tar *.tar.gz *.tgz *.tar.zst *.zip *.[0-9][0-9][0-9] "
                    "*.[0-9][0-9][0-9][0-9]);;All files (*)");
}

} // namespace layerpool
