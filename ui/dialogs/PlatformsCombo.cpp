// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PlatformsCombo.h"

#include "base/Text.h"
#include "settings/Settings.h"
#include "work/PlanChoices.h"

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

QString PlatformsCombo::words() const
{
    const QString text = currentText().trimmed();
    return text == allPlatforms() ? QString() : text;
}

void PlatformsCombo::setWords(const QString &words)
{
    setCurrentText(words.isEmpty() ? allPlatforms() : words);
}

Result<PlatformChoice> PlatformsCombo::choice() const
{
    if (currentText().trimmed().isEmpty()) {
        return Error{ErrorKind::BadInput, tr("Name a platform, or choose all of them"), {}, {}};
    }
    return platformsIn(words());
}

void PlatformsCombo::load(const Settings &settings)
{
    setWords(settings.value(settings::platforms));
}

void PlatformsCombo::remember(Settings &settings) const
{
    if (choice()) {
        settings.setValue(settings::platforms, words());
    }
}

} // namespace layerpool
