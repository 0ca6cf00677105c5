// SPDX-License-Identifier: Apache-2.0
#include "views/ThemeMenu.h"

#include "Theme.h"

#include <QActionGroup>

namespace layerpool {

ThemeMenu::ThemeMenu(Settings &settings, QWidget *parent)
    : QMenu(tr("&Theme"), parent), m_settings(settings), m_themes(new QActionGroup(this))
{
    setObjectName(QStringLiteral("themeMenu"));
    for (const Theme theme : allThemes) {
        QAction *action = addAction(wordFor(theme));
        action->setObjectName(nameOf(theme) + QLatin1String("ThemeAction"));
        action->setCheckable(true);
        action->setData(int(theme));
        m_themes->addAction(action);
    }
    connect(m_themes, &QActionGroup::triggered, this,
            [this](const QAction *action) { chooseTheme(Theme(action->data().toInt()), m_settings); });
    connect(this, &QMenu::aboutToShow, this, &ThemeMenu::showChosen); // the settings may have changed it
    showChosen();
}

void ThemeMenu::showChosen()
{
    m_themes->actions().at(int(themeOf(m_settings)))->setChecked(true);
}

} // namespace layerpool
