// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlatformsCombo.h"

#include "base/Text.h"
#include "settings/Settings.h"
#include "work/Mirrors.h"

namespace layerpool {
namespace {

QString allPlatforms()
{
    return Text::tr("All platforms");
}

} // namespace

PlatformsCombo::PlatformsCombo(QWidget *parent) : QComboBox(parent)
{
    setObjectName(QStringLiteral("platformCombo"));
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setToolTip(tr("One platform, or several set apart by commas"));
    addItems({QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"),
              QStringLiteral("linux/amd64, linux/arm64"), allPlatforms()});
}

Result<PlatformChoice> PlatformsCombo::choice() const
{
    PlatformChoice choice;
    const QString text = currentText().trimmed();
    if (text == allPlatforms()) {
        choice.all = true;
        return choice;
    }
    for (const QString &word : wordsOf(text)) {
        const std::optional<Platform> platform = Platform::parse(word);
        if (!platform) {
            return Error{ErrorKind::BadInput,
                         tr("“%1” is no platform").arg(word),
                         {},
                         tr("Write it as linux/amd64 or linux/arm/v7")};
        }
        choice.platforms.push_back(*platform);
    }
    return choice;
}

void PlatformsCombo::load(const Settings &settings)
{
    const QString kept = settings.value(settings::platforms);
    setCurrentText(kept.isEmpty() ? allPlatforms() : kept);
}

void PlatformsCombo::remember(Settings &settings) const
{
    const Result<PlatformChoice> chosen = choice();
    if (chosen) { // the words for all change with the language
        settings.setValue(settings::platforms, chosen->all ? QString() : currentText().trimmed());
    }
}

} // namespace layerpool
